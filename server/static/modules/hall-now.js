// The manager's view of the hall: follows calls and alarms alike.

import { followFragments } from "./fragments.js";
import "./link-status.js";

followFragments("display");
followFragments("supervision");

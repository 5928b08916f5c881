// Staff tables that follow what happens in the hall.

import { followFragments } from "./fragments.js";
import "./link-status.js";

followFragments("supervision");

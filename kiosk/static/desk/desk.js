// The guidance desk: each part of the page is an element of its own.

import "../../modules/link-status.js";
import "./booking.js";
import "./finding.js";
import "./hall.js";
import "./opening.js";
import "./questions.js";
import "./taking.js";

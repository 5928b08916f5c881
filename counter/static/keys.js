// The clerk's presses, each with its key: what is shown on a button is what the keyboard does.

import { N_ } from "../modules/i18n.js";

/** In the order of the buttons. `press` is the server's name; `action` the ticket's, if it has one. */
export const PRESSES = [
  { press: "next", key: "F2", words: N_("下一位") },
  { press: "recall", key: "F3", words: N_("重呼"), action: "recall" },
  { press: "start", key: "F4", words: N_("开始办理"), action: "start" },
  { press: "finish", key: "F6", words: N_("办结"), action: "finish" },
  { press: "no-show", key: "F7", words: N_("过号"), action: "mark_no_show" },
];

/** The press that a key stands for. */
export function pressOfKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return undefined;
  return PRESSES.find(({ key }) => key === event.key);
}

/** Whether the counter as shown takes this press. */
export function isPossible({ press, action }, counter) {
  if (press === "next") return counter.ticket === null && counter.waiting_total > 0;
  return counter.ticket?.actions.includes(action) ?? false;
}

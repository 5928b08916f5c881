// The clerk's presses, each with its key: what is shown on a button is what the keyboard does.

import { N_ } from "../modules/i18n.js";
import { isKey } from "./shortcuts.js";
import { UNDO } from "./undo.js";

const isFree = (counter) => counter.ticket === null && counter.paused === null;
const takes = (action) => (counter) => counter.ticket?.actions.includes(action) ?? false;
const canResume = (counter) => isFree(counter) && counter.on_hold.length > 0;

/**
 * In the order of the buttons. `press` is the server's name of it, or `sheet` what is asked first;
 * `when` says in whose place among the buttons another press is shown.
 */
export const PRESSES = [
  {
    press: "next",
    key: "F2",
    words: N_("下一位"),
    possible: (counter) => isFree(counter) && counter.waiting_total > 0,
  },
  { press: "recall", key: "F3", words: N_("重呼"), possible: takes("recall") },
  { press: "start", key: "F4", words: N_("开始办理"), possible: takes("start") },
  { press: "finish", key: "F6", words: N_("办结"), possible: takes("finish") },
  { press: "no-show", key: "F7", words: N_("过号"), possible: takes("mark_no_show") },
  {
    press: "hold",
    key: "F8",
    words: N_("挂起"),
    possible: takes("hold"),
    when: (counter) => !canResume(counter),
  },
  { press: "resume", key: "F8", words: N_("取回挂起的号"), possible: canResume, when: canResume },
  { press: "transfer", key: "F9", words: N_("转出"), possible: takes("transfer"), sheet: "transfer" },
  {
    press: "pause",
    key: "F10",
    words: N_("暂停"),
    possible: isFree,
    when: (counter) => counter.paused === null,
    sheet: "pause",
  },
  {
    press: "resume-service",
    key: "F10",
    words: N_("恢复服务"),
    possible: (counter) => counter.paused !== null,
    when: (counter) => counter.paused !== null,
  },
  {
    press: "call-number",
    key: "F2",
    shift: true,
    words: N_("按号码呼叫"),
    possible: isFree,
    sheet: "call-number",
  },
];

/** The presses that the counter as shown has among its buttons. */
export function buttons(counter) {
  return PRESSES.filter(({ when }) => when === undefined || when(counter));
}

/** The press that a key stands for. */
export function pressOfKey(event, counter) {
  return [...buttons(counter), UNDO].find((press) => isKey(press, event));
}

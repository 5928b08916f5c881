// Ten seconds in which the last press can be taken back.

import { html, nothing } from "../vendor/lit.js";
import { serverNow } from "../modules/clock.js";
import { N_, t } from "../modules/i18n.js";
import { keyOf, shortcutOf } from "./shortcuts.js";

const DONE = {
  call: N_("已呼叫 {label}"),
  finish: N_("{label} 已办结"),
  mark_no_show: N_("{label} 已过号"),
};

export const UNDO = {
  press: "undo",
  key: "z",
  control: true,
  words: N_("撤回"),
  possible: (counter) => secondsToUndo(counter) > 0,
};

/** Whole seconds for which the counter's last press can still be taken back; 0 when it cannot. */
export function secondsToUndo({ undo }) {
  return undo ? Math.max(0, Math.ceil((Date.parse(undo.until) - serverNow()) / 1000)) : 0;
}

/** What was done, and the button that takes it back while it counts down. */
export function undoBar(page, counter) {
  const left = secondsToUndo(counter);
  return html`<div class="undo">
    <span role="status">${left ? t(DONE[counter.undo.action], { label: counter.undo.label }) : nothing}</span>
    ${left ? countdown(page, counter.undo, left) : nothing}
  </div>`;
}

function countdown(page, undo, left) {
  return html`
    <progress aria-hidden="true" max=${undo.seconds} .value=${left}></progress>
    <button class="button" type="button" aria-keyshortcuts=${shortcutOf(UNDO)}
      @click=${() => page.press(UNDO)}>
      ${t(UNDO.words)} <kbd>${keyOf(UNDO)}</kbd>
      <span class="number" aria-hidden="true">${left}</span>
    </button>`;
}

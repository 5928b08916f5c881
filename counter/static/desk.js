// One counter at work: the number in hand, the presses, the queue beside.

import { html, nothing } from "../vendor/lit.js";
import { local, t } from "../modules/i18n.js";
import { hand } from "./hand.js";
import { buttons } from "./keys.js";
import { keyOf, shortcutOf } from "./shortcuts.js";
import { side } from "./side.js";
import { undoBar } from "./undo.js";

// What a clerk mostly does next.
const USUAL_PRESS = { [undefined]: "next", called: "start", serving: "finish" };

/** The counter's page. */
export function desk(page, counter) {
  return html`<main class="desk">
    <div class="desk-head">
      <h1 tabindex="-1">${t("{number} 号窗口", { number: counter.number })} <small>${local(counter)}</small></h1>
      <div class="desk-settings">
        <button class="button button-quiet switch" type="button" role="switch" aria-checked=${counter.auto_next}
          @click=${() => page.setAutoNext(!counter.auto_next)}>${t("办完自动叫下一位")}</button>
        <button class="button leave" type="button" @click=${() => page.leave()}>${t("离开窗口")}</button>
      </div>
    </div>
    <div class="desk-work">
      <div class="desk-main">
        ${hand(page, counter)}
        <div class="bars">${page.sheet ? nothing : page.bar()}${undoBar(page, counter)}</div>
        <div class="presses">${buttons(counter).map((press) => pressButton(page, counter, press))}</div>
      </div>
      ${side(page, counter)}
    </div>
  </main>`;
}

function pressButton(page, counter, press) {
  const possible = press.possible(counter) && !page.busy;
  const usual = possible && isUsual(press, counter);
  // Not `disabled`: that would throw the focus of somebody who works by Tab and Enter.
  return html`<button type="button" class="press press-${press.press} ${usual ? "press-usual" : ""}"
    aria-disabled=${!possible} aria-keyshortcuts=${shortcutOf(press)} @click=${() => page.press(press)}>
    <kbd>${keyOf(press)}</kbd><span>${t(press.words)}</span>
  </button>`;
}

function isUsual({ press }, counter) {
  return press === (counter.paused ? "resume-service" : USUAL_PRESS[counter.ticket?.state]);
}

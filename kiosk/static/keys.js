// Keys on the screen: letters for looking up, digits for codes and identity numbers.

import { html } from "../vendor/lit.js";
import { t } from "../modules/i18n.js";

const LETTERS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const DIGITS = ["123", "456", "789", "X0"];

/** A letter keyboard; `press(letter)`, `erase()`, and letters that lead nowhere are switched off. */
export function letterKeys({ press, erase, leads }) {
  return html`<div class="keys keys-letters" role="group" aria-label=${t("字母键盘")}>
    ${LETTERS.map((row, at) => html`<div class="key-row">
      ${[...row].map((letter) => key(letter.toUpperCase(), () => press(letter), !leads(letter)))}
      ${at === LETTERS.length - 1 ? eraser(erase) : ""}
    </div>`)}
  </div>`;
}

/** A digit keyboard; `cross` offers the X at the end of some identity numbers. */
export function digitKeys({ press, erase, cross }) {
  return html`<div class="keys keys-digits" role="group" aria-label=${t("数字键盘")}>
    ${DIGITS.map((row, at) => html`<div class="key-row">
      ${[...row].map((digit) => key(digit, () => press(digit), digit === "X" && !cross))}
      ${at === DIGITS.length - 1 ? eraser(erase) : ""}
    </div>`)}
  </div>`;
}

function key(face, press, off) {
  return html`<button class="key number" type="button" ?disabled=${off} @click=${press}>${face}</button>`;
}

function eraser(erase) {
  return html`<button class="key key-erase" type="button" @click=${erase}>${t("删除")}</button>`;
}

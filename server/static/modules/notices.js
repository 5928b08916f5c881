// The hall's notices: which of them are shown now, and one line that shows them in turn.

import { html } from "../vendor/lit.js";
import { serverNow } from "./clock.js";
import { HallElement } from "./element.js";
import { local } from "./i18n.js";

const HOLD_MS = 8_000;
const RUN_PIXELS_PER_SECOND_AND_EM = 2.2;
// A running text stands still for this part of its time, at its beginning and at its end.
const STANDING = 0.15;

/** The words of the notices whose time it is, in the language shown. */
export function wordsNow(notices) {
  const now = serverNow();
  return notices
    .filter(({ begins, ends }) => !(Date.parse(begins) > now) && !(Date.parse(ends) <= now))
    .map((notice) => local(notice, "text"));
}

/** Shows `words` in turn; what is wider than the line runs from right to left once. */
class NoticeLine extends HallElement {
  static properties = {
    words: { attribute: false, hasChanged: (now, before) => String(now) !== String(before) },
    at: { state: true },
  };

  #timer = null;
  #shown = null;

  constructor() {
    super();
    this.words = [];
    this.at = 0;
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  render() {
    const text = this.words[this.at % this.words.length] ?? "";
    return html`<span class="notice-line-text" aria-hidden=${text ? "false" : "true"}>${text}</span>`;
  }

  updated() {
    const text = this.firstElementChild;
    if (text.textContent === this.#shown) return;
    this.#shown = text.textContent;
    clearTimeout(this.#timer);
    const lasts = this.#run(text);
    if (this.words.length > 1) this.#timer = setTimeout(() => (this.at += 1), lasts);
    else this.at = 0;
  }

  /** Let a text run that is wider than the line; for how many milliseconds it is shown. */
  #run(text) {
    for (const one of text.getAnimations()) one.cancel();
    const beyond = text.scrollWidth - this.clientWidth;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (beyond <= 0 || still) return HOLD_MS;
    const em = parseFloat(getComputedStyle(this).fontSize);
    const running = (beyond / (RUN_PIXELS_PER_SECOND_AND_EM * em)) * 1000;
    const duration = Math.max(HOLD_MS, running / (1 - 2 * STANDING));
    const end = `translateX(-${beyond}px)`;
    text.animate(
      [
        { transform: "none", offset: 0 },
        { transform: "none", offset: STANDING },
        { transform: end, offset: 1 - STANDING },
        { transform: end, offset: 1 },
      ],
      { duration, iterations: this.words.length > 1 ? 1 : Infinity, fill: "forwards" },
    );
    return duration;
  }
}

customElements.define("hk-notice-line", NoticeLine);

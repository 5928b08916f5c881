// What the parts of the desk's page have in common: a command and the word on what came of it.

import { html, nothing } from "../../vendor/lit.js";
import { Problem, Unreachable } from "../../modules/api.js";
import { HallElement } from "../../modules/element.js";
import { t } from "../../modules/i18n.js";

/** A part of the desk's page. */
export class DeskPart extends HallElement {
  static properties = { word: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.word = null;
    this.busy = false;
  }

  /** Do `work`; what it returns is told, as is a refusal. Pressed again meanwhile it is done once. */
  async attempt(work) {
    if (this.busy) return;
    this.busy = true;
    try {
      this.word = { good: true, text: await work() };
    } catch (error) {
      this.word = { good: false, text: refusal(error) };
    } finally {
      this.busy = false;
    }
  }

  /** What came of the last press. */
  wordNotice() {
    if (!this.word?.text) return nothing;
    const tone = this.word.good ? "notice-good" : "notice-bad";
    return html`<p class="notice ${tone}" role="status">${this.word.text}</p>`;
  }
}

function refusal(error) {
  if (error instanceof Problem) return error.detail || error.title;
  if (error instanceof Unreachable) return t("系统没有回应，请稍后再试");
  throw error;
}

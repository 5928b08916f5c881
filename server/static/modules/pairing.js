// A device that asks to be let in: shows its code until an administrator has typed it.

import { html, nothing } from "../vendor/lit.js";
import { Problem, Unreachable, send } from "./api.js";
import { HallElement } from "./element.js";
import { t } from "./i18n.js";

const ASK_MS = 2_000;
const WAITING = 202;

class Pairing extends HallElement {
  static properties = { code: { state: true }, trouble: { state: true } };

  #secret = null;

  constructor() {
    super();
    this.code = null;
    this.trouble = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#turn();
  }

  render() {
    return html`
      <p class="code number" role="status" aria-label=${t("配对码")}>${this.code ?? html`<span class="spinner"></span>`}</p>
      <p class="trouble" role="alert">${this.trouble ?? nothing}</p>`;
  }

  /** One turn, and the next after a pause, until we are let in. */
  async #turn() {
    try {
      if (await this.#isLetIn()) {
        location.reload();
        return;
      }
      this.trouble = null;
    } catch (error) {
      this.#explain(error);
    }
    setTimeout(() => this.#turn(), ASK_MS);
  }

  async #isLetIn() {
    if (this.#secret === null) {
      const offer = (await send("/api/pairings", { kind: this.dataset.kind })).json();
      this.#secret = offer.secret;
      this.code = offer.code;
      return false;
    }
    return (await send("/api/pairings/collect", { secret: this.#secret })).status !== WAITING;
  }

  #explain(error) {
    if (error instanceof Unreachable) {
      this.trouble = t("连接中断，正在重新连接…");
    } else if (error instanceof Problem && error.status === 404) {
      this.#secret = null; // the code has run out: ask for a new one
    } else if (error instanceof Problem) {
      this.trouble = error.detail;
    } else {
      throw error;
    }
  }
}

customElements.define("hk-pairing", Pairing);

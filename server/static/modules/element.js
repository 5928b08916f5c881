// The base of the product's elements.

import { LitElement } from "../vendor/lit.js";
import { LANGUAGE_CHANGED } from "./i18n.js";

/**
 * Renders into the page itself, so that the page's style sheets hold, and anew when the language
 * changes.
 */
export class HallElement extends LitElement {
  #redraw = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener(LANGUAGE_CHANGED, this.#redraw);
  }

  disconnectedCallback() {
    window.removeEventListener(LANGUAGE_CHANGED, this.#redraw);
    super.disconnectedCallback();
  }
}

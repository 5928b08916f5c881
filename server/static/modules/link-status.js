// Says that the connection is lost, over whatever the page was showing.

import { html, nothing } from "../vendor/lit.js";
import { HallElement } from "./element.js";
import { t } from "./i18n.js";
import { link, linkIsUp, openLink } from "./link.js";

class LinkStatus extends HallElement {
  connectedCallback() {
    super.connectedCallback();
    for (const change of ["up", "down"]) {
      link.addEventListener(change, () => this.requestUpdate());
    }
    openLink();
  }

  render() {
    return html`<div role="status">${linkIsUp() ? nothing : this.#lost()}</div>`;
  }

  #lost() {
    return html`<p class="link-lost">
      <span class="spinner" aria-hidden="true"></span>${t("连接中断，正在重新连接…")}
    </p>`;
  }
}

customElements.define("hk-link-status", LinkStatus);

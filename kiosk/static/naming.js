// A service for identity cards only: the card is laid on the reader, then the number is given.

import { html } from "../vendor/lit.js";
import { local, t } from "../modules/i18n.js";

/** The screen that asks for the card. */
export function namingScreen(kiosk, service) {
  return html`<div class="middle naming">
    <h1 tabindex="-1">${t("请将身份证放在读卡器上")}</h1>
    <span class="id-card" aria-hidden="true"><span class="id-card-face"></span></span>
    <p class="aside">${t("“{service}”凭身份证取号；没有带身份证，请到导办台", { service: local(service) })}</p>
    <button class="button back" type="button" @click=${() => kiosk.goBack()}>${t("返回")}</button>
  </div>`;
}

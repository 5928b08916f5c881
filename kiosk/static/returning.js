// A citizen who was missed holds the ticket before a scanner and waits again.

import { html } from "../vendor/lit.js";
import { command } from "../modules/api.js";
import { rich, t } from "../modules/i18n.js";

/** Put a scanned ticket back in line: `{ token }` of a scanner beside the kiosk, or `{ text }`. */
export function returnTicket(scanned) {
  return command("/api/kiosk/returns", scanned);
}

/** The screen after that. */
export function returnedScreen(kiosk, ticket, left) {
  return html`<div class="middle" role="status">
    <h1 tabindex="-1">${rich("{label} 号在排队", { label: html`<b class="number">${ticket.label}</b>` })}</h1>
    <p class="aside">${t("请留意大厅屏幕和语音呼叫；需要帮助请到导办台")}</p>
    <button class="button button-main" type="button" @click=${() => kiosk.reset()}>${t("完成")}</button>
    <p class="countdown">${rich("{n} 秒后回到首页", { n: html`<b class="number">${left}</b>` })}</p>
  </div>`;
}

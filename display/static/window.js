// One counter's own display: its number, whom it calls or serves, whether it is closed.

import { html, nothing } from "../vendor/lit.js";
import { rich, t } from "../modules/i18n.js";

/** The whole display of the counter with this number. */
export function windowScreen(snapshot, number) {
  const { show, label } = snapshot.windows[number] ?? { show: "paused", label: "" };
  return html`<main class="window window-${show}">
    <h1 class="window-name">${rich("{number} 号窗口", { number: html`<b class="number">${number}</b>` })}</h1>
    ${label ? html`<p class="window-label number">${label}</p>` : nothing}
    <p class="window-words">${words(show)}</p>
  </main>`;
}

function words(show) {
  if (show === "calling") return t("请到本窗口");
  if (show === "serving") return t("正在办理");
  return show === "rest" ? t("请等候呼叫") : t("暂停服务");
}

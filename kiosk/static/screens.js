// What the kiosk shows: one function per screen. `kiosk` is the element that holds the state.

import { html, nothing, repeat } from "../vendor/lit.js";
import { local, rich, t } from "../modules/i18n.js";
import { serviceChoices } from "./choices.js";

/** Categories to choose from. */
export function categoriesScreen(kiosk) {
  return html`
    <h1 class="question" tabindex="-1">${t("您好，请选择要办理的业务")}</h1>
    <div class="shortcuts">
      <button class="button shortcut shortcut-search" type="button" @click=${() => kiosk.openSearch()}>${t("按首字母查找事项")}</button>
      <button class="button shortcut shortcut-check-in" type="button" @click=${() => kiosk.openCheckIn()}>${t("预约签到取号")}</button>
    </div>
    <ul class="choices choices-categories">
      ${repeat(kiosk.snapshot.categories, (category) => category.id, (category) => html`
        <li><button class="choice" type="button" @click=${() => kiosk.openCategory(category)}>
          <span class="emblem" aria-hidden="true">${local(category).slice(0, 1)}</span>
          <span class="choice-text">
            <strong>${local(category)}</strong>
            <span class="choice-more">${t("{n} 个事项", { n: category.services.length })}</span>
          </span>
        </button></li>`)}
    </ul>`;
}

/** The services of one category. */
export function servicesScreen(kiosk, category) {
  return html`
    <div class="question-row">
      <button class="button back" type="button" @click=${() => kiosk.goHome()}>${t("返回")}</button>
      <h1 class="question" tabindex="-1">${local(category)}</h1>
    </div>
    ${serviceChoices(kiosk, category.services)}`;
}

/** The press was taken; the number is on its way. */
export function takingScreen(service) {
  return html`<div class="middle" role="status">
    <span class="spinner spinner-large" aria-hidden="true"></span>
    <h1 tabindex="-1">${t("正在为您取号，请稍等一下")}</h1>
    <p class="aside">${service ? local(service) : nothing}</p>
  </div>`;
}

/** The server said no, or did not answer. */
export function refusedScreen(kiosk, { title, detail }) {
  return html`<div class="middle" role="alert">
    <h1 tabindex="-1">${title}</h1>
    <p class="aside">${detail}</p>
    <button class="button button-main" type="button" @click=${() => kiosk.goHome()}>${t("返回首页")}</button>
  </div>`;
}

/** No tickets are given now. */
export function closedScreen() {
  return html`<div class="middle">
    <h1 tabindex="-1">${t("现在不是取号时间")}</h1>
    <p class="aside">${t("请在大厅开放时间取号；需要帮助请到导办台")}</p>
  </div>`;
}

/** The server does not answer: nothing is promised until it does. */
export function offlineScreen() {
  return html`<div class="offline" role="alert">
    <div class="middle">
      <span class="spinner spinner-large" aria-hidden="true"></span>
      <h1>${t("对不起，暂时不能取号")}</h1>
      <p class="aside">${t("正在重新连接，请稍等一下，或到导办台取号")}</p>
    </div>
  </div>`;
}

/** The person has been still for a while. */
export function stillThereDialog(kiosk, left) {
  return html`<div class="veil">
    <div class="card dialog" role="alertdialog" aria-modal="true" aria-labelledby="still-there">
      <h2 id="still-there">${t("您还在操作吗？")}</h2>
      <p>${rich("{n} 秒后回到首页", { n: html`<b class="number">${left}</b>` })}</p>
      <button class="button button-main" type="button" @click=${() => kiosk.stay()}>${t("继续")}</button>
    </div>
  </div>`;
}

/** The kiosk's last line: where people help. */
export function footer() {
  return html`<footer class="kiosk-footer">${t("需要帮助？请到导办台，我们乐意为您服务")}</footer>`;
}

// What is asked before a press is sent: where to, why, really? One press of a digit answers.

import { html, nothing } from "../vendor/lit.js";
import { N_, t } from "../modules/i18n.js";
import { transfer } from "./transfer.js";

const SHEETS = { transfer, pause, "call-number": callNumber, help, left };
const USUAL_REASONS = [N_("群众有急事"), N_("材料已补齐"), N_("错过了呼叫")];

/** The dialog over the desk; empty while nothing is asked. */
export function sheet(page) {
  const asked = page.sheet;
  return html`<dialog class="sheet" aria-labelledby="sheet-title" @close=${() => page.closeSheet()}
    @keydown=${pickByDigit}>
    ${asked ? html`${SHEETS[asked.name](page, asked)}${page.bar()}${closing(page)}` : nothing}
  </dialog>`;
}

/** Show the dialog when something is asked, and take it away when that is over. */
export function settle(dialog, asked) {
  if (asked && !dialog.open) dialog.showModal();
  else if (!asked && dialog.open) dialog.close();
}

function pickByDigit(event) {
  if (event.target.closest("input") || !/^[1-9]$/.test(event.key)) return;
  event.currentTarget.querySelector(`[data-digit="${event.key}"]`)?.click();
}

function closing(page) {
  return html`<p class="sheet-end"><button class="button" type="button" @click=${() => page.closeSheet()}
    ?autofocus=${isRisky(page.sheet)}>${t("取消")} <kbd>Esc</kbd></button></p>`;
}

function isRisky({ name }) {
  return name === "help" || name === "left";
}

function pause(page) {
  return html`<h2 id="sheet-title">${t("为什么暂停服务")}</h2>
    <div class="choices-sheet">
      ${page.counter.pause_reasons.map(({ reason, words }, place) => html`
        <button class="button" type="button" data-digit=${place + 1} ?autofocus=${place === 0}
          @click=${() => page.answer("pause", { reason })}>
          <kbd>${place + 1}</kbd> ${t(words)}</button>`)}
    </div>`;
}

function callNumber(page) {
  const send = (event) => {
    event.preventDefault();
    const { label, reason } = Object.fromEntries(new FormData(event.target));
    if (label.trim() && reason.trim().length > 1) {
      page.answer("call-number", { label: label.trim(), reason: reason.trim() });
    } else {
      page.say({ title: t("请填写号码和理由"), detail: t("理由会留在记录里") });
      event.target.elements[label.trim() ? "reason" : "label"].focus();
    }
  };
  const fill = (event, reason) => {
    const { form } = event.currentTarget;
    form.elements.reason.value = reason;
    form.requestSubmit();
  };
  return html`<h2 id="sheet-title">${t("按号码呼叫")}</h2>
    <form class="form" novalidate @submit=${send}>
      <div class="field"><label for="call-label">${t("号码，例如 A012")}</label>
        <input id="call-label" name="label" class="input number" autocomplete="off" maxlength="20" autofocus></div>
      <div class="field"><label for="call-reason">${t("为什么先叫这个号")}</label>
        <input id="call-reason" name="reason" class="input" autocomplete="off" maxlength="200"></div>
      <div class="choices-sheet">
        ${USUAL_REASONS.map((reason) => html`<button class="button" type="button"
          @click=${(event) => fill(event, t(reason))}>${t(reason)}</button>`)}
      </div>
      <button class="button button-main" type="submit">${t("呼叫")} <kbd>Enter</kbd></button>
    </form>`;
}

function help(page) {
  return html`<h2 id="sheet-title">${t("请管理人员过来")}</h2>
    <p>${t("只有管理人员会收到。大厅的屏幕和语音不会有任何提示。")}</p>
    <p><button class="button button-alarm" type="button"
      @click=${() => page.callForHelp()}>${t("发出求助")}</button></p>`;
}

function left(page, { about }) {
  return html`<h2 id="sheet-title">${t("{label} 的群众已经离开？", { label: about.label })}</h2>
    <p>${t("这个号会记为弃号，不能再继续办理。")}</p>
    <p><button class="button button-main" type="button"
      @click=${() => page.answer("walk-out", { ticket_id: about.id })}>${t("已经离开")}</button></p>`;
}

// The confirmation: the number in the largest type, the way to follow it, and what the paper does.

import { html, nothing } from "../vendor/lit.js";
import { N_, local, rich, t } from "../modules/i18n.js";
import { base } from "../modules/page.js";
import { estimateWords } from "./choices.js";

const PRINT_WORDS = {
  queued: N_("号票马上打印，请稍等一下"),
  claimed: N_("号票马上打印，请稍等一下"),
  sending: N_("正在打印号票，请稍等一下"),
  slow: N_("打印机还没有出票。您的号码有效，请用手机拍下屏幕或记住号码"),
  sent_unconfirmed: N_("请在出票口取走号票"),
  printed: N_("号票已打印，请取走"),
  failed: N_("对不起，号票没有打印出来。您的号码有效，请用手机拍下屏幕或记住号码"),
  uncertain: N_("对不起，可能没有出票。您的号码有效，请用手机拍下屏幕或记住号码"),
};
const MISSING = [null, "slow", "failed", "uncertain"];
const PRINT_TONES = { printed: "notice-good", sent_unconfirmed: "notice-good" };
const NO_PRINTER = N_("您的号码有效，请用手机拍下屏幕或记住号码");

/** Whether a paper is not to be expected, so that the screen must stay long enough to be copied. */
export function paperIsMissing(state) {
  return MISSING.includes(state);
}

/** The screen after a number was taken. */
export function takenScreen(kiosk, ticket, left) {
  return html`<div class="taken">
    <h1 class="question" tabindex="-1">${t("取号成功")}</h1>
    <div class="card ticket">
      <div class="ticket-words">
        <p class="ticket-caption">${t("您的号码")}</p>
        <p class="ticket-number number">${ticket.label}</p>
        <p class="ticket-service">${local(ticket, "service")}</p>
        <p class="ticket-ahead">${aheadWords(ticket.ahead)}</p>
        ${estimate(ticket.estimate)}
        ${ticket.due_at ? html`<p class="ticket-due">${t("预约时间 {time}，到时优先叫号", { time: clockTime(ticket.due_at) })}</p>` : nothing}
        ${ticket.holder ? html`<p class="ticket-holder">${ticket.holder}</p>` : nothing}
      </div>
      ${qrCode(ticket)}
    </div>
    ${paper(ticket.print_state)}
    ${ticket.late ? html`<p class="notice notice-warn late" role="status">${
      t("已过预约时间，这是普通号，会按顺序叫到您")}</p>` : nothing}
    ${ticket.closes_first ? closingNotice() : nothing}
    <p class="aside">${t("请留意大厅屏幕和语音呼叫；需要帮助请到导办台")}</p>
    <div class="taken-end">
      <button class="button button-main" type="button" @click=${() => kiosk.reset()}>${t("完成")}</button>
      <button class="button" type="button" @click=${() => kiosk.lookLonger()}>${t("再看一会儿")}</button>
      <p class="countdown">${rich("{n} 秒后回到首页", { n: html`<b class="number">${left}</b>` })}</p>
    </div>
  </div>`;
}

function aheadWords(ahead) {
  if (ahead === 0) return t("前面没有人等候，请留意叫号");
  return rich("您前面还有 {n} 人", { n: html`<b class="number">${ahead}</b>` });
}

function estimate(range) {
  return range && range.high ? html`<p class="ticket-estimate">${estimateWords(range)}</p>` : nothing;
}

function closingNotice() {
  return html`<p class="notice notice-warn late" role="status">${
    t("今日可能办不完，但您的号码有效：下班前取的号都会办理")}</p>`;
}

/** The hall's time of day in an instant that the server wrote in the hall's zone. */
function clockTime(instant) {
  return instant.slice(11, 16);
}

function qrCode(ticket) {
  return html`<figure class="ticket-code">
    <img src=${`${base}/kiosk/codes/${ticket.code}.svg`} alt=${t("二维码：{url}", { url: ticket.url })}>
    <figcaption>${t("用手机扫码，随时看排到哪里")}</figcaption>
  </figure>`;
}

function paper(state) {
  const words = state === null ? NO_PRINTER : PRINT_WORDS[state];
  const tone = paperIsMissing(state) ? "notice-warn" : (PRINT_TONES[state] ?? "");
  return html`<p class="notice paper ${tone}" role="status">${t(words)}</p>`;
}

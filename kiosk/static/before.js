// Before a number is given: why there is none, that today may not suffice, and what to bring.

import { html, nothing, repeat } from "../vendor/lit.js";
import { local, t } from "../modules/i18n.js";
import { waitWords } from "./choices.js";

/** Whether a citizen must be told something before the number. */
export function needsWord(service) {
  return Boolean(service.stopped) || service.closes_first || service.materials.length > 0;
}

/** The screen before a service's number. */
export function beforeScreen(kiosk, service) {
  return html`
    <div class="question-row">
      <button class="button back" type="button" @click=${() => kiosk.goBack()}>${t("返回")}</button>
      <h1 class="question" tabindex="-1">${local(service)}</h1>
    </div>
    ${service.stopped ? stopped(kiosk, service) : offered(kiosk, service)}`;
}

function stopped(kiosk, service) {
  const words = service.stopped === "full"
    ? t("对不起，这个事项今天的号已取完。请改日再来，或到导办台预约")
    : t("对不起，这个事项现在不取号。请到导办台问取号时间，或预约");
  return html`
    <p class="notice notice-warn before-word" role="status">${words}</p>
    ${service.materials.length ? checklist(kiosk, service) : nothing}
    <div class="answers">
      ${service.materials.length ? printButton(kiosk, service) : nothing}
      <button class="button button-main" type="button" @click=${() => kiosk.goHome()}>${t("返回首页")}</button>
    </div>`;
}

function offered(kiosk, service) {
  return html`
    <p class="before-wait">${waitWords(service)}</p>
    ${service.closes_first ? html`<p class="notice notice-warn before-word" role="status">
      ${t("今日可能办不完：取了号的都会办理，也可以改日早些来，或到导办台预约")}</p>` : nothing}
    ${service.materials.length ? checklist(kiosk, service) : nothing}
    <div class="answers">
      ${service.materials.length ? printButton(kiosk, service) : nothing}
      <button class="button button-main answer-take" type="button" @click=${() => kiosk.take(service)}>
        ${service.materials.length ? t("都带齐了，取号") : t("仍要取号")}
      </button>
    </div>`;
}

function checklist(kiosk, service) {
  return html`
    <section class="checklist card" aria-labelledby="to-bring">
      <h2 id="to-bring">${t("需要带齐这些材料")}</h2>
      <p class="aside">${t("没带的请点一下，告知单上会标出来")}</p>
      <ul>${repeat(service.materials, (one) => one.id, (one) => material(kiosk, one))}</ul>
      <p class="aside">${promise(service.promised_days)}</p>
    </section>`;
}

function material(kiosk, one) {
  const missing = kiosk.missing.has(one.id);
  return html`<li><button class="material" type="button" aria-pressed=${missing} @click=${() => kiosk.mark(one)}>
    <span class="material-words">
      <strong>${local(one)}</strong>
      ${one.note ? html`<span class="material-note">${local(one, "note")}</span>` : nothing}
    </span>
    <span class="material-copies">${t("{n} 份", { n: one.copies })}</span>
    <span class="tag ${missing ? "tag-warn" : ""}">${missing ? t("没带") : t("需带")}</span>
  </button></li>`;
}

function printButton(kiosk, service) {
  return html`<button class="button answer-missing" type="button" @click=${() => kiosk.tell(service)}>
    ${kiosk.prints ? t("还缺材料，打印告知单") : t("还缺材料，先不取号")}
  </button>`;
}

function promise(days) {
  if (days === null) return nothing;
  return days ? t("办理时限：{n} 个工作日", { n: days }) : t("办理时限：当场办结");
}

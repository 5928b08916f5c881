// What is at the counter now: the number in hand, a pause, or nobody.

import { html, nothing } from "../vendor/lit.js";
import { elapsed } from "../modules/clock.js";
import { N_, local, t } from "../modules/i18n.js";

export const MOST_CASES = 99;

const STATE_WORDS = {
  called: N_("已呼叫，请等候群众到窗口"),
  serving: N_("正在办理"),
  paused: N_("暂停服务"),
  idle: N_("窗口空闲"),
};
const PRIORITY_WORDS = {
  elderly: N_("老年人"),
  disabled: N_("残疾人"),
  pregnant: N_("孕妇"),
  military: N_("军人"),
  green_channel: N_("绿色通道"),
  remote_villager: N_("边远村民"),
  investor: N_("外来客商"),
};

/** The counter's state in one word: called, serving, paused or idle. */
export function stateOf(counter) {
  return counter.ticket?.state ?? (counter.paused ? "paused" : "idle");
}

/** The same as it is shown. */
export function stateWords(counter) {
  return t(STATE_WORDS[stateOf(counter)]);
}

/** The large card in the middle. */
export function hand(page, counter) {
  return html`<section class="card hand hand-${stateOf(counter)}" aria-label=${t("当前号码")}>
    <p class="hand-state" aria-live="polite">${stateWords(counter)}</p>
    ${inside(page, counter)}
  </section>`;
}

function inside(page, counter) {
  if (counter.ticket) return inHand(page, counter.ticket);
  if (counter.paused) return paused(counter.paused);
  const words = counter.waiting_total ? t("请按 F2 呼叫下一位") : t("现在没有人等候");
  return html`<p class="hand-words">${words}</p>`;
}

function paused(pause) {
  return html`<p class="hand-words">${t(pause.words)}</p>
    <p class="hand-more" aria-hidden="true">${t("已暂停 {time}", { time: elapsed(pause.since) })}</p>`;
}

function inHand(page, ticket) {
  return html`<div class="hand-ticket">
    <p class="hand-number number" aria-live="polite">${ticket.label}</p>
    <div class="hand-facts">
      <p class="hand-service">${local(ticket, "service")}
        ${ticket.priority === "none"
          ? nothing
          : html`<span class="state state-warn">${t(PRIORITY_WORDS[ticket.priority])}</span>`}
        ${ticket.holder ? html`<span class="state">${t("取号人 {who}", { who: ticket.holder })}</span>` : nothing}
        ${ticket.agent ? html`<span class="state">${t("代办员 {who}", { who: ticket.agent })}</span>` : nothing}</p>
      ${ticket.note ? html`<p class="hand-note">${t("转来留言：{note}", { note: ticket.note })}</p>` : nothing}
      ${more(ticket)}
      ${ticket.actions.includes("finish") ? cases(page, ticket) : nothing}
    </div>
  </div>
  ${ticket.why ? html`<p class="hand-why">${why(ticket.why)}</p>` : nothing}`;
}

function more(ticket) {
  const early = ticket.state === "called" && !ticket.actions.includes("mark_no_show");
  return html`<p class="hand-more">
    <span aria-hidden="true">${t("呼叫后 {time}", { time: elapsed(ticket.called_at) })}</span>
    ${ticket.calls > 1 ? html`<span>${t("已呼叫 {n} 次", { n: ticket.calls })}</span>` : nothing}
    ${early ? html`<span>${t("再呼叫一次后才能过号")}</span>` : nothing}
  </p>`;
}

/** How many cases the ticket is worth, as it will be counted when it is finished. */
function cases(page, ticket) {
  const count = page.cases ?? ticket.cases;
  const step = (by) => page.countCases(count + by);
  const typed = (input) => input.validity.valid && input.value && page.countCases(input.valueAsNumber);
  return html`<div class="cases">
    <label for="cases">${t("办件数")} <kbd>Shift+F6</kbd></label>
    <button class="button" type="button" aria-label=${t("少一件")} @click=${() => step(-1)}>−</button>
    <input id="cases" class="input number" type="number" min="1" max=${MOST_CASES} inputmode="numeric"
      .value=${String(count)} @input=${(event) => typed(event.target)}
      @change=${(event) => page.countCases(event.target.valueAsNumber)}>
    <button class="button" type="button" aria-label=${t("多一件")} @click=${() => step(1)}>＋</button>
  </div>`;
}

function why({ message, parameters, words }) {
  const translated = Object.entries(words).map(([name, word]) => [name, t(word)]);
  return t(message, { ...parameters, ...Object.fromEntries(translated) });
}

// One counter at work: the number in hand, the presses, the queue behind.

import { html, nothing, repeat } from "../vendor/lit.js";
import { elapsed } from "../modules/clock.js";
import { N_, local, t } from "../modules/i18n.js";
import { PRESSES, isPossible } from "./keys.js";

const STATE_WORDS = {
  called: N_("已呼叫，请等候群众到窗口"),
  serving: N_("正在办理"),
};

// What a clerk mostly does next.
const USUAL_PRESS = { [undefined]: "next", called: "start", serving: "finish" };

/** The counter's page. */
export function desk(page, counter) {
  return html`<main class="desk">
    <div class="desk-head">
      <h1 tabindex="-1">${t("{number} 号窗口", { number: counter.number })} <small>${local(counter)}</small></h1>
      <button class="button" type="button" @click=${() => page.leave()}>${t("离开窗口")}</button>
    </div>
    ${page.bar()}
    <div class="desk-work">
      <div class="desk-main">
        ${hand(counter)}
        <div class="presses">${PRESSES.map((press) => pressButton(page, counter, press))}</div>
      </div>
      <aside class="queue">
        ${waiting(counter)}
        ${today(counter)}
      </aside>
    </div>
  </main>`;
}

function hand(counter) {
  const { ticket } = counter;
  return html`<section class="card hand ${ticket ? `hand-${ticket.state}` : ""}" aria-live="polite"
    aria-label=${t("当前号码")}>
    ${ticket ? inHand(ticket) : nothingInHand(counter)}
  </section>`;
}

function inHand(ticket) {
  return html`
    <p class="hand-state">${t(STATE_WORDS[ticket.state])}</p>
    <p class="hand-number number">${ticket.label}</p>
    <p class="hand-service">${local(ticket, "service")}</p>
    <p class="hand-more">
      <span aria-hidden="true">${t("呼叫后 {time}", { time: elapsed(ticket.called_at) })}</span>
      ${ticket.calls > 1 ? html`<span>${t("已呼叫 {n} 次", { n: ticket.calls })}</span>` : nothing}
    </p>`;
}

function nothingInHand(counter) {
  return counter.waiting_total
    ? html`<p class="hand-state">${t("窗口空闲")}</p>
        <p class="hand-idle">${t("请按 F2 呼叫下一位")}</p>`
    : html`<p class="hand-state">${t("窗口空闲")}</p>
        <p class="hand-idle">${t("现在没有人等候")}</p>`;
}

function pressButton(page, counter, press) {
  const possible = isPossible(press, counter) && !page.busy;
  const usual = possible && press.press === USUAL_PRESS[counter.ticket?.state];
  // Not `disabled`: that would throw the focus of somebody who works by Tab and Enter.
  return html`<button type="button" class="press press-${press.press} ${usual ? "press-usual" : ""}" aria-disabled=${!possible}
    aria-keyshortcuts=${press.key} @click=${() => page.press(press)}>
    <kbd>${press.key}</kbd><span>${t(press.words)}</span>
  </button>`;
}

function waiting(counter) {
  return html`<section class="card">
    <h2>${t("等候")} <b class="number waiting-total">${counter.waiting_total}</b></h2>
    <ul class="queues">
      ${repeat(counter.waiting, (queue) => queue.queue_id, (queue) => html`
        <li><span class="number">${queue.prefix}</span> <span>${local(queue)}</span>
          <b class="number">${queue.waiting}</b></li>`)}
    </ul>
  </section>`;
}

function today(counter) {
  return html`<section class="card">
    <h2>${t("今日")}</h2>
    <dl class="facts">
      <dt>${t("已办结")}</dt><dd class="number">${counter.served_today}</dd>
      <dt>${t("未到")}</dt><dd class="number">${counter.no_shows_today}</dd>
    </dl>
  </section>`;
}

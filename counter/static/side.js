// Beside the work: who waits, as counts alone; what is on hold; the day in numbers; help.

import { html, nothing, repeat } from "../vendor/lit.js";
import { local, t } from "../modules/i18n.js";

/** The column beside the number in hand. */
export function side(page, counter) {
  return html`<aside class="side">
    ${waiting(counter)}
    ${counter.on_hold.length ? onHold(page, counter) : nothing}
    ${today(counter)}
    ${help(page, counter)}
  </aside>`;
}

function waiting(counter) {
  return html`<section class="card side-waiting">
    <h2>${t("等候")} <b class="number waiting-total">${counter.waiting_total}</b></h2>
    <ul class="queues" tabindex="0" aria-label=${t("各队等候人数")}>
      ${counter.reserved
        ? html`<li class="queue-reserved"><span></span> <span>${t("只等本窗口")}</span>
            <b class="number">${counter.reserved}</b></li>`
        : nothing}
      ${repeat(counter.waiting, (queue) => queue.queue_id, (queue) => html`
        <li><span class="number">${queue.prefix}</span> <span>${local(queue)}</span>
          <b class="number">${queue.waiting}</b></li>`)}
    </ul>
  </section>`;
}

function onHold(page, counter) {
  const busy = counter.ticket !== null || counter.paused !== null;
  return html`<section class="card side-held">
    <h2>${t("已挂起")}</h2>
    <ul class="held" tabindex="0" aria-label=${t("已挂起")}>
      ${repeat(counter.on_hold, (ticket) => ticket.id, (ticket) => html`
        <li>
          <b class="number" title=${local(ticket, "service")}>${ticket.label}</b>
          <button class="button held-resume" type="button" aria-disabled=${busy || page.busy}
            aria-label=${t("继续办理 {label}", { label: ticket.label })}
            @click=${() => busy || page.send("resume", { ticket_id: ticket.id })}>${t("继续")}</button>
          <button class="button button-quiet held-left" type="button"
            aria-label=${t("{label} 已离开", { label: ticket.label })}
            @click=${() => page.ask("left", ticket)}>${t("已离开")}</button>
        </li>`)}
    </ul>
  </section>`;
}

function today(counter) {
  const mean = counter.service_minutes;
  return html`<section class="card">
    <h2>${t("本窗口今日")}</h2>
    <dl class="facts">
      <dt>${t("已办结")}</dt><dd class="number served">${counter.served_today}</dd>
      <dt>${t("平均办理（分钟）")}</dt><dd class="number mean">${mean ?? "—"}</dd>
      <dt>${t("未到")}</dt><dd class="number missed">${counter.no_shows_today}</dd>
    </dl>
  </section>`;
}

/** Small and aside: pressed on purpose only, and nothing in the hall shows that it was. */
function help(page, counter) {
  return counter.alarm_open
    ? html`<p class="help help-sent" role="status">${t("求助已发出，管理人员会尽快过来")}</p>`
    : html`<button class="button help" type="button" aria-haspopup="dialog"
        @click=${() => page.ask("help")}>${t("求助…")}</button>`;
}

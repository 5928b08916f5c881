// The hall as it is now: who waits where, who serves what.

import { html } from "../../vendor/lit.js";
import { snapshotLoader } from "../../modules/api.js";
import { HallElement } from "../../modules/element.js";
import { Feed } from "../../modules/feed.js";
import { local, t } from "../../modules/i18n.js";

class DeskHall extends HallElement {
  static properties = { hall: { state: true } };

  constructor() {
    super();
    this.hall = { queues: [], counters: [] };
  }

  connectedCallback() {
    super.connectedCallback();
    const apply = (hall) => (this.hall = hall);
    new Feed({ topic: "supervision", load: snapshotLoader("/api/desk/hall"), apply }).start();
  }

  render() {
    return html`
      <h2>${t("大厅现况")}</h2>
      <div class="table-frame" tabindex="0" role="region" aria-label=${t("队列")}><table class="table">
        <thead><tr><th scope="col">${t("队列")}</th><th scope="col">${t("等候")}</th><th scope="col">${t("最长等候（分钟）")}</th></tr></thead>
        <tbody>${this.hall.queues.map((queue) => html`<tr><th scope="row"><span class="number">${queue.prefix}</span> ${local(queue)}</th>
          <td class="number">${queue.waiting}</td><td class="number">${queue.longest_minutes}</td></tr>`)}</tbody>
      </table></div>
      <div class="table-frame" tabindex="0" role="region" aria-label=${t("窗口")}><table class="table">
        <thead><tr><th scope="col">${t("窗口")}</th><th scope="col">${t("当前号码")}</th><th scope="col">${t("状态")}</th></tr></thead>
        <tbody>${this.hall.counters.map((counter) => html`<tr><th scope="row"><span class="number">${counter.number}</span> ${local(counter)}</th>
          <td class="number">${counter.ticket}</td><td>${standing(counter)}</td></tr>`)}</tbody>
      </table></div>`;
  }
}

function standing(counter) {
  if (!counter.open) return t("未开放");
  return counter.pause || t("开放");
}

customElements.define("hk-desk-hall", DeskHall);

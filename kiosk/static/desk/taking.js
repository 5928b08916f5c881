// Taking a number for somebody else.

import { html, nothing } from "../../vendor/lit.js";
import { command } from "../../modules/api.js";
import { local, t } from "../../modules/i18n.js";
import { waitWords } from "../choices.js";
import { found } from "../searching.js";
import { DeskPart } from "./part.js";
import { priorityOptions } from "./priorities.js";
import { followServices, services } from "./services.js";

const MOST_SHOWN = 6;

class DeskTake extends DeskPart {
  static properties = { query: { state: true } };

  constructor() {
    super();
    this.query = "";
  }

  connectedCallback() {
    super.connectedCallback();
    followServices(this);
  }

  render() {
    return html`
      <h2>${t("代取号")}</h2>
      <div class="desk-row">
        <div class="field"><label for="take-query">${t("事项（首字母或名称）")}</label>
          <input class="input" id="take-query" autocomplete="off" .value=${this.query}
            @input=${(event) => (this.query = event.target.value)}></div>
        <div class="field"><label for="take-priority">${t("优先")}</label>
          <select class="input" id="take-priority">${priorityOptions()}</select></div>
        <div class="field"><label for="take-agent">${t("代办员编号（可不填）")}</label>
          <input class="input" id="take-agent" maxlength="40" autocomplete="off"></div>
        <div class="field"><label for="take-cases">${t("办件数")}</label>
          <input class="input desk-count" id="take-cases" type="number" min="1" max="99" value="1"></div>
      </div>
      ${this.wordNotice()}
      <ul class="desk-choices">${found(services(), this.query).slice(0, MOST_SHOWN).map((one) => this.#choice(one))}</ul>`;
  }

  #choice(service) {
    return html`<li>
      <span><strong>${local(service)}</strong> <span class="desk-more">${waitWords(service)}</span>
        ${service.closes_first ? html`<span class="state state-warn">${t("今日可能办不完")}</span>` : nothing}
        ${service.stopped === "full" ? html`<span class="state state-bad">${t("今天的号已取完")}</span>` : nothing}</span>
      ${service.materials.length ? html`<button class="button" type="button" ?disabled=${this.busy} @click=${() => this.#tell(service)}>${t("打印告知单")}</button>` : nothing}
      <button class="button button-main" type="button" ?disabled=${this.busy} @click=${() => this.#take(service)}>${t("取号")}</button>
    </li>`;
  }

  #take(service) {
    this.attempt(async () => {
      const taken = await command("/api/tickets", {
        service_id: service.id,
        priority: this.querySelector("#take-priority").value,
        cases: Number(this.querySelector("#take-cases").value),
        agent_code: this.querySelector("#take-agent").value.trim() || null,
      });
      this.querySelector("#take-agent").value = "";
      this.query = "";
      return t("已取 {label} 号，前面 {n} 人", { label: taken.label, n: taken.ahead });
    });
  }

  #tell(service) {
    this.attempt(async () => {
      const told = await command("/api/kiosk/notices", { service_id: service.id });
      return told.print_job === null ? t("没有可用的打印机") : t("告知单已送打印机");
    });
  }
}

customElements.define("hk-desk-take", DeskTake);

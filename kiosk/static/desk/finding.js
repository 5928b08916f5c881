// A number that somebody brings: where it stands, back into line, given up, printed again, and why
// another was called before it.

import { html, nothing } from "../../vendor/lit.js";
import { get, send } from "../../modules/api.js";
import { N_, local, t } from "../../modules/i18n.js";
import { DeskPart } from "./part.js";

const STATES = {
  waiting: N_("等候"),
  called: N_("已呼叫"),
  serving: N_("办理中"),
  on_hold: N_("挂起"),
  served: N_("已办结"),
  no_show: N_("过号"),
  walked_out: N_("弃号"),
  cancelled: N_("作废"),
};

class DeskFind extends DeskPart {
  static properties = { tickets: { state: true } };
  #label = "";

  constructor() {
    super();
    this.tickets = [];
  }

  render() {
    return html`
      <h2>${t("查号票")}</h2>
      <form class="desk-row" @submit=${(event) => this.#find(event)}>
        <div class="field"><label for="find-label">${t("号码")}</label>
          <input class="input" id="find-label" name="label" maxlength="20" required autocomplete="off"></div>
        <button class="button button-main" type="submit">${t("查找")}</button>
      </form>
      ${this.wordNotice()}
      ${this.tickets.map((ticket) => this.#ticket(ticket))}`;
  }

  #ticket(ticket) {
    return html`<article class="desk-ticket">
      <p><b class="number">${ticket.label}</b> ${local(ticket, "service")}
        <span class="state">${t(STATES[ticket.state])}</span>
        ${ticket.state === "waiting" ? t("前面 {n} 人", { n: ticket.ahead }) : nothing}
        ${ticket.counter_number ? t("{number} 号窗口", { number: ticket.counter_number }) : nothing}
        ${ticket.holder}
        ${ticket.agent ? t("代办员 {who}", { who: ticket.agent }) : nothing}</p>
      <p class="desk-buttons">
        ${ticket.may_return ? this.#button(ticket, "return", t("回队")) : nothing}
        ${ticket.may_leave ? this.#button(ticket, "leave", t("弃号")) : nothing}
        ${ticket.state === "waiting" ? this.#button(ticket, "cancel", t("作废")) : nothing}
        <button class="button" type="button" ?disabled=${this.busy} @click=${() => this.#print(ticket)}>${t("补打")}</button>
      </p>
      <form class="desk-row" @submit=${(event) => this.#why(event, ticket)}>
        <div class="field"><label for="why-${ticket.id}">${t("为什么这个号先叫")}</label>
          <input class="input" id="why-${ticket.id}" name="first" maxlength="20" required autocomplete="off"></div>
        <button class="button" type="submit">${t("说明")}</button>
      </form>
    </article>`;
  }

  #button(ticket, act, words) {
    return html`<button class="button" type="button" ?disabled=${this.busy} @click=${() => this.#act(ticket, act)}>${words}</button>`;
  }

  #find(event) {
    event.preventDefault();
    this.#label = new FormData(event.target).get("label").trim();
    this.attempt(async () => {
      await this.#load();
      return this.tickets.length ? "" : t("今天没有这个号");
    });
  }

  async #load() {
    this.tickets = (await get(`/api/desk/tickets?label=${encodeURIComponent(this.#label)}`)).tickets;
  }

  #act(ticket, act) {
    this.attempt(async () => {
      await send(`/api/desk/tickets/${ticket.id}/${act}`, {});
      await this.#load();
      return t("{label} 已处理", { label: ticket.label });
    });
  }

  #print(ticket) {
    this.attempt(async () => {
      await send(`/api/desk/tickets/${ticket.id}/print`, {});
      return t("{label} 已送打印机", { label: ticket.label });
    });
  }

  #why(event, ticket) {
    event.preventDefault();
    const first = encodeURIComponent(new FormData(event.target).get("first").trim());
    this.attempt(async () => (await get(`/api/desk/why?first=${first}&mine=${ticket.label}`)).sentence);
  }
}

customElements.define("hk-desk-find", DeskFind);

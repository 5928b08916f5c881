// Appointments: free times of a day, booking, checking in, cancelling.

import { html, nothing } from "../../vendor/lit.js";
import { command, get, send } from "../../modules/api.js";
import { N_, local, t } from "../../modules/i18n.js";
import { DeskPart } from "./part.js";
import { priorityWords, reservedOptions } from "./priorities.js";
import { followServices, serviceOptions } from "./services.js";

const STATES = { booked: N_("已预约"), checked_in: N_("已签到"), cancelled: N_("已取消") };
const CODE = /^[0-9]{6}$/;

class DeskBook extends DeskPart {
  static properties = { day: { state: true }, service: { state: true }, slots: { state: true }, booked: { state: true } };

  constructor() {
    super();
    this.day = "";
    this.service = "";
    this.slots = [];
    this.booked = [];
  }

  connectedCallback() {
    super.connectedCallback();
    followServices(this);
  }

  render() {
    return html`
      <h2>${t("预约")}</h2>
      <div class="desk-row">
        <div class="field"><label for="book-day">${t("日期")}</label>
          <input class="input" id="book-day" type="date" .value=${this.day} @change=${(event) => this.#choose({ day: event.target.value })}></div>
        <div class="field"><label for="book-service">${t("事项")}</label>
          <select class="input" id="book-service" @change=${(event) => this.#choose({ service: event.target.value })}>${serviceOptions(t("全部事项"))}</select></div>
        <div class="field"><label for="book-kind">${t("预留名额")}</label>
          <select class="input" id="book-kind">${reservedOptions()}</select></div>
        <div class="field"><label for="book-number">${t("身份证号（可不填，不保存）")}</label>
          <input class="input" id="book-number" maxlength="18" autocomplete="off"></div>
        <div class="field"><label for="book-agent">${t("代办员编号（可不填）")}</label>
          <input class="input" id="book-agent" maxlength="40" autocomplete="off"></div>
      </div>
      ${this.wordNotice()}
      ${this.day && !this.slots.length ? html`<p class="desk-more">${t("这一天没有可预约的时段")}</p>` : nothing}
      <ul class="desk-choices">${this.slots.map((slot) => this.#slot(slot))}</ul>
      <form class="desk-row" @submit=${(event) => this.#checkIn(event)}>
        <div class="field"><label for="book-code">${t("签到：预约码或身份证号")}</label>
          <input class="input" id="book-code" name="typed" maxlength="18" required autocomplete="off"></div>
        <button class="button" type="submit">${t("签到取号")}</button>
      </form>
      <ul class="desk-choices">${this.booked.map((one) => this.#appointment(one))}</ul>`;
  }

  #slot(slot) {
    const full = slot.free + slot.free_special === 0;
    return html`<li>
      <span><b class="number">${slot.starts_at.slice(11, 16)}</b> ${local(slot, "service")}
        <span class="desk-more">${t("余 {n}，预留余 {special}", { n: slot.free, special: slot.free_special })}</span></span>
      <button class="button button-main" type="button" ?disabled=${this.busy || full} @click=${() => this.#book(slot)}>${full ? t("已约满") : t("预约")}</button>
    </li>`;
  }

  #appointment(one) {
    return html`<li>
      <span><b class="number">${one.starts_at.slice(11, 16)}</b> ${local(one, "service")} <b class="number">${one.code}</b>
        <span class="state">${t(STATES[one.state])}</span> ${one.kind === "none" ? nothing : priorityWords(one.kind)}
        ${one.agent ? t("代办员 {who}", { who: one.agent }) : nothing}</span>
      ${one.state === "booked" ? html`<button class="button" type="button" ?disabled=${this.busy} @click=${() => this.#cancel(one)}>${t("取消预约")}</button>` : nothing}
    </li>`;
  }

  #choose(change) {
    Object.assign(this, change);
    if (this.day) this.attempt(async () => {
      await this.#load();
      return "";
    });
  }

  async #load() {
    const service = this.service ? `&service_id=${this.service}` : "";
    const [offered, taken] = await Promise.all([
      get(`/api/appointments/slots?day=${this.day}${service}`),
      get(`/api/appointments?day=${this.day}`),
    ]);
    this.slots = offered.slots;
    this.booked = taken.appointments;
  }

  #book(slot) {
    const value = (id) => this.querySelector(id).value.trim() || null;
    this.attempt(async () => {
      const made = await command("/api/appointments", {
        slot_id: slot.id,
        id_number: value("#book-number"),
        kind: value("#book-kind"),
        agent_code: value("#book-agent"),
      });
      this.querySelector("#book-number").value = "";
      await this.#load();
      return t("已预约 {time}，预约码 {code}", { time: made.starts_at.slice(11, 16), code: made.code });
    });
  }

  #checkIn(event) {
    event.preventDefault();
    const form = event.target;
    const typed = new FormData(form).get("typed").trim().toUpperCase();
    this.attempt(async () => {
      const body = CODE.test(typed) ? { code: typed } : { id_number: typed };
      const ticket = await command("/api/appointments/check-in", body);
      form.reset();
      if (this.day) await this.#load();
      return ticket.late
        ? t("已过预约时间，取得普通号 {label}", { label: ticket.label })
        : t("已签到，号码 {label}", { label: ticket.label });
    });
  }

  #cancel(one) {
    this.attempt(async () => {
      await send(`/api/appointments/${one.id}/cancel`, {});
      await this.#load();
      return t("预约 {code} 已取消", { code: one.code });
    });
  }
}

customElements.define("hk-desk-book", DeskBook);

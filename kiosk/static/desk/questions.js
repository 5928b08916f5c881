// The log of questions (首问登记): what was asked, what was done, which answers are owed.

import { html, nothing } from "../../vendor/lit.js";
import { command, get, send } from "../../modules/api.js";
import { N_, local, t } from "../../modules/i18n.js";
import { DeskPart } from "./part.js";
import { followServices, serviceOptions } from "./services.js";

const OUTCOMES = { answered: N_("当场答复"), led: N_("带到窗口"), follow_up: N_("待答复") };

class DeskQuestions extends DeskPart {
  static properties = { questions: { state: true } };

  constructor() {
    super();
    this.questions = [];
  }

  connectedCallback() {
    super.connectedCallback();
    followServices(this);
    this.attempt(async () => {
      await this.#load();
      return "";
    });
  }

  render() {
    return html`
      <h2>${t("首问登记")}</h2>
      <form class="desk-row" @submit=${(event) => this.#ask(event)}>
        <div class="field desk-wide"><label for="ask-text">${t("问了什么（不写姓名和证件号）")}</label>
          <input class="input" id="ask-text" name="text" maxlength="500" required autocomplete="off"></div>
        <div class="field"><label for="ask-service">${t("事项")}</label>
          <select class="input" id="ask-service" name="service">${serviceOptions(t("不限事项"))}</select></div>
        <div class="field"><label for="ask-outcome">${t("怎么处理")}</label>
          <select class="input" id="ask-outcome" name="outcome">
            ${Object.entries(OUTCOMES).map(([name, words]) => html`<option value=${name}>${t(words)}</option>`)}</select></div>
        <button class="button button-main" type="submit">${t("登记")}</button>
      </form>
      ${this.wordNotice()}
      <ul class="desk-choices">${this.questions.map((one) => this.#question(one))}</ul>`;
  }

  #question(one) {
    return html`<li>
      <span><span class="number">${one.asked_at.slice(11, 16)}</span> ${one.text}
        <span class="desk-more">${local(one, "service")} · ${one.first_asked}</span>
        <span class="state ${one.open ? "state-warn" : ""}">${t(OUTCOMES[one.outcome])}</span>
        ${one.answer}</span>
      ${one.open ? this.#answerForm(one) : nothing}
    </li>`;
  }

  #answerForm(one) {
    return html`<form class="desk-row" @submit=${(event) => this.#close(event, one)}>
      <input class="input" name="answer" maxlength="500" required autocomplete="off" aria-label=${t("答复内容")} placeholder=${t("答复内容")}>
      <button class="button" type="submit">${t("已答复")}</button>
    </form>`;
  }

  async #load() {
    this.questions = (await get("/api/desk/questions")).questions;
  }

  #ask(event) {
    event.preventDefault();
    const form = event.target;
    const typed = new FormData(form);
    this.attempt(async () => {
      await command("/api/desk/questions", {
        text: typed.get("text"),
        outcome: typed.get("outcome"),
        service_id: Number(typed.get("service")) || null,
      });
      form.reset();
      await this.#load();
      return t("已登记");
    });
  }

  #close(event, one) {
    event.preventDefault();
    const answer = new FormData(event.target).get("answer");
    this.attempt(async () => {
      await send(`/api/desk/questions/${one.id}/close`, { answer });
      await this.#load();
      return t("已登记答复");
    });
  }
}

customElements.define("hk-desk-questions", DeskQuestions);

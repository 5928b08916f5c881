// One SIMULATED device of the demonstration: what is to be seen there, and what breaks it.

import { html, nothing } from "../../vendor/lit.js";
import { Problem, Unreachable, get, send } from "../api.js";
import { HallElement } from "../element.js";
import { t } from "../i18n.js";
import { base } from "../page.js";
import { FAULTS } from "./faults.js";

const LOOK_MS = 1_000;

const people = JSON.parse(document.getElementById("people").textContent);

class DemoDevice extends HallElement {
  static properties = { state: { state: true }, look: { state: true }, said: { state: true } };

  constructor() {
    super();
    this.state = null;
    this.look = 0;
    this.said = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.#watch();
  }

  render() {
    const { title } = this.dataset;
    return html`<article class="card">
      <h2>${title} <span class="state state-warn">${t("模拟设备")}</span></h2>
      ${this.#picture()}
      ${this.dataset.kind === "terminal" ? this.#finger() : nothing}
      <div class="faults">${this.#faults()}</div>
      <p class="said" role="status">${this.said}</p>
    </article>`;
  }

  get #address() {
    return `/demo/devices/${this.dataset.name}`;
  }

  #picture() {
    const { kind, title } = this.dataset;
    if (!this.state) return html`<p class="nothing-yet"><span class="spinner"></span></p>`;
    if (kind === "printer" && !this.state.papers) {
      return html`<p class="nothing-yet">${t("还没有出纸；请在取号机上取号")}</p>`;
    }
    return html`<div class="picture" tabindex="0" role="region" aria-label=${title}>
      <img src="${base}${this.#address}/picture.png?look=${this.look}" alt=${this.#seen()}>
    </div>`;
  }

  /** What the picture shows, in words. */
  #seen() {
    if (this.dataset.kind === "printer") return this.state.last_text;
    return (this.state.lines ?? [this.dataset.title]).join(" ").trim();
  }

  #finger() {
    return html`<form class="finger" @submit=${(event) => this.#press(event)}>
      <label>${t("谁来打卡")} <select class="input" name="pin">
        ${people.map(({ pin, name }) => html`<option value=${pin}>${name}</option>`)}
      </select></label>
      <button class="button button-main" type="submit">${t("按手指")}</button>
    </form>`;
  }

  #faults() {
    const known = FAULTS[this.dataset.kind].filter(({ command }) => this.state?.commands.includes(command));
    return known.map((fault) => html`<button class="button" type="button"
      @click=${() => this.#do(fault.command, fault.arguments)}>${t(fault.words)}</button>`);
  }

  async #press(event) {
    event.preventDefault();
    const { accepted } = await this.#do("press_finger", { pin: event.target.elements.pin.value });
    this.said = accepted ? t("谢谢，打卡成功") : t("没有识别");
  }

  async #do(command, parameters = {}) {
    this.said = "";
    try {
      const answer = await send(`${this.#address}/command`, { command, arguments: parameters });
      await this.#lookOnce();
      return answer.json();
    } catch (error) {
      this.#explain(error);
      return {};
    }
  }

  async #watch() {
    if (!document.hidden) await this.#lookOnce();
    setTimeout(() => this.#watch(), LOOK_MS);
  }

  async #lookOnce() {
    try {
      this.state = await get(`${this.#address}/state`);
      this.look += 1;
    } catch (error) {
      this.#explain(error);
    }
  }

  #explain(error) {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    this.said = t("模拟设备没有应答");
  }
}

customElements.define("hk-demo-device", DemoDevice);

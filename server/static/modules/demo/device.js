// One SIMULATED device of the demonstration: what is to be seen there, and what breaks it.

import { html, nothing } from "../../vendor/lit.js";
import { Problem, Unreachable, get, send } from "../api.js";
import { HallElement } from "../element.js";
import { t } from "../i18n.js";
import { base } from "../page.js";
import { FAULTS } from "./faults.js";
import { hands } from "./hands.js";

const LOOK_MS = 1_000;
const LOOK_AGAIN_MS = 5_000;
// Nothing is to be seen on these.
const UNSEEN = ["id_reader", "scanner"];

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
      ${hands(this)}
      <div class="faults">${this.#faults()}</div>
      <p class="said" role="status">${this.said}</p>
    </article>`;
  }

  /** Do something to the device; its answer, or null when it did not answer. */
  async act(command, parameters = {}) {
    this.said = "";
    try {
      const answer = await send(`${this.#address}/command`, { command, arguments: parameters });
      await this.#lookOnce();
      return answer.json();
    } catch (error) {
      this.#explain(error);
      return null;
    }
  }

  /** Tell the visitor something. */
  say(words) {
    this.said = words;
  }

  get #address() {
    return `/demo/devices/${this.dataset.name}`;
  }

  #picture() {
    const { kind, title } = this.dataset;
    if (UNSEEN.includes(kind)) return nothing;
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

  #faults() {
    const known = (FAULTS[this.dataset.kind] ?? []).filter(({ command }) => this.state?.commands.includes(command));
    return known.map((fault) => html`<button class="button" type="button"
      @click=${() => this.act(fault.command, fault.arguments)}>${t(fault.words)}</button>`);
  }

  async #watch() {
    const seen = document.hidden || (await this.#lookOnce());
    setTimeout(() => this.#watch(), seen ? LOOK_MS : LOOK_AGAIN_MS);
  }

  /** Look at the device; whether it could be seen. */
  async #lookOnce() {
    try {
      this.state = await get(`${this.#address}/state`);
      this.look += 1;
      return true;
    } catch (error) {
      this.#explain(error);
      return false;
    }
  }

  #explain(error) {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    this.said = t("模拟设备没有应答");
  }
}

customElements.define("hk-demo-device", DemoDevice);

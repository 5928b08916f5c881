// The clerk's page: choose a counter, then work it by keyboard.

import { html, nothing } from "../vendor/lit.js";
import { Problem, Unreachable, command, get, snapshotLoader } from "../modules/api.js";
import { HallElement } from "../modules/element.js";
import { Feed } from "../modules/feed.js";
import { t } from "../modules/i18n.js";
import "../modules/link-status.js";
import { RELOAD_WANTED } from "../modules/page.js";
import { chooser } from "./chooser.js";
import { desk } from "./desk.js";
import { MOST_CASES, stateWords } from "./hand.js";
import { pressOfKey } from "./keys.js";
import { settle, sheet } from "./sheets.js";
import { isKey } from "./shortcuts.js";

const BAR_MS = 8_000;
const TIMER_MS = 500;
const DOUBLE_PRESS_MS = 600;
const TITLE = document.title;
const CASES_KEY = { key: "F6", shift: true };

class CounterPage extends HallElement {
  static properties = {
    listing: { state: true },
    counter: { state: true },
    busy: { state: true },
    message: { state: true },
    sheet: { state: true },
    cases: { state: true },
  };

  #feed = null;
  #barTimer = null;
  #underWay = null;
  #nextPress = null;
  #lastPress = { press: null, at: 0 };

  constructor() {
    super();
    this.listing = null;
    this.counter = null;
    this.busy = false;
    this.message = null;
    this.sheet = null;
    this.cases = null;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener(RELOAD_WANTED, (event) => this.#inUse() && event.preventDefault());
    setInterval(() => this.counter && this.requestUpdate(), TIMER_MS);
    this.#choose();
  }

  open(counterId) {
    return this.#do(async () => {
      this.#work(await command(`/api/counters/${counterId}/open`));
    });
  }

  leave() {
    return this.#do(async () => {
      await command(`${this.#path()}/close`);
      this.#choose();
    });
  }

  setAutoNext(on) {
    return this.#do(async () => this.#show(await command(`${this.#path()}/auto-next`, { on })));
  }

  /** Ask for help; the hall sees and hears nothing of it. */
  async callForHelp() {
    const done = await this.#do(() => command(`${this.#path()}/alarm`));
    if (!done) return;
    this.closeSheet();
    this.#feed.refresh();
  }

  /**
   * Press a button of the desk. A press that comes while another one is under way is done after it,
   * if it fits then; after a refusal it is forgotten.
   */
  async press(press) {
    if (this.sheet || this.#isSecond(press)) return;
    if (!this.busy) await this.#perform(press);
    else if (press !== this.#underWay) this.#nextPress = press;
  }

  /** Send a command with the state that the clerk saw; whether it was done. */
  send(name, body = {}) {
    const { version } = this.counter;
    return this.#do(async () => {
      this.#show(await command(`${this.#path()}/${name}`, { version, ...body }));
    });
  }

  /** Open a sheet, `about` a ticket on hold or the number in hand. */
  ask(name, about = null) {
    const ticketId = this.counter.ticket?.id;
    return this.#do(async () => {
      const targets = name === "transfer" ? await get(`${this.#path()}/targets`) : null;
      if (this.counter?.ticket?.id === ticketId) this.sheet = { name, about, targets, ticketId };
    });
  }

  /** What was chosen on the sheet. */
  async answer(name, body) {
    if (await this.send(name, body)) this.closeSheet();
  }

  closeSheet() {
    this.sheet = null;
  }

  /** The ticket in hand was worth so many cases. */
  countCases(count) {
    this.cases = Math.min(MOST_CASES, Math.max(1, Math.round(count) || 1));
  }

  say({ title, detail }) {
    this.message = { title, detail };
    clearTimeout(this.#barTimer);
    this.#barTimer = setTimeout(() => (this.message = null), BAR_MS);
  }

  /** What went wrong last, for a while. */
  bar() {
    return html`<div role="status">${this.message ? this.#message() : nothing}</div>`;
  }

  render() {
    if (this.counter) return html`${desk(this, this.counter)}${sheet(this)}`;
    return this.listing ? chooser(this, this.listing) : nothing;
  }

  updated(changed) {
    const entered = changed.has("counter") && !changed.get("counter") !== !this.counter;
    if (entered || changed.get("listing") === null) this.querySelector("h1")?.focus();
    const dialog = this.querySelector("dialog");
    if (dialog) settle(dialog, this.sheet);
    document.title = this.counter ? this.#title() : TITLE;
  }

  /** The state stays in sight while the clerk works in another window. */
  #title() {
    const number = t("{number} 号窗口", { number: this.counter.number });
    const { ticket } = this.counter;
    return [ticket?.label, stateWords(this.counter), number].filter(Boolean).join(" · ");
  }

  #path() {
    return `/api/counters/${this.counter.counter_id}`;
  }

  #inUse() {
    return this.busy || this.sheet !== null;
  }

  /** With the automatic next the second press of a pair would meet the next citizen. */
  #isSecond(press) {
    const now = performance.now();
    const { press: last, at } = this.#lastPress;
    const second = press === last && now - at < DOUBLE_PRESS_MS;
    if (!second) this.#lastPress = { press, at: now };
    return second;
  }

  async #perform(press) {
    this.#nextPress = null;
    if (this.sheet || !this.counter || !press.possible(this.counter)) return;
    this.#underWay = press;
    const done = await (press.sheet ? this.ask(press.sheet) : this.#carryOut(press));
    this.#underWay = null;
    if (done && this.#nextPress) await this.#perform(this.#nextPress);
  }

  #carryOut({ press }) {
    const { ticket, on_hold: onHold } = this.counter;
    if (press === "resume") return this.send(press, { ticket_id: onHold[0].id });
    if (press === "finish" && this.cases !== null && this.cases !== ticket.cases) {
      return this.send("finish-cases", { cases: this.cases });
    }
    return this.send(press);
  }

  #message() {
    return html`<p class="notice notice-warn"><strong>${this.message.title}</strong>
      <span>${this.message.detail}</span></p>`;
  }

  #choose() {
    this.counter = null;
    this.sheet = null;
    this.#listen(() => get("/api/counters"), (listing) => this.#listed(listing));
  }

  /** A page that was loaded anew goes straight back to the counter that the clerk has. */
  #listed(listing) {
    const mine = this.listing === null && listing.counters.find((counter) => counter.mine);
    this.listing = listing;
    if (mine) this.open(mine.counter_id);
  }

  #work(counter) {
    this.#show(counter);
    this.#listen(snapshotLoader(`/api/counters/${counter.counter_id}`), (fresh) => this.#show(fresh));
  }

  #listen(load, apply) {
    this.#feed?.stop();
    this.#feed = new Feed({ topic: "counters", load, apply, fail: (problem) => this.say(problem) });
    this.#feed.start();
  }

  /** Show the counter, unless what is shown is newer. */
  #show(counter) {
    const shown = this.counter;
    if (shown?.counter_id === counter.counter_id && counter.version < shown.version) return;
    if (shown && !counter.mine) {
      this.say({ title: t("您已不在这个窗口"), detail: t("请重新选择窗口") });
      this.#choose();
      return;
    }
    const inHand = counter.ticket?.id;
    if (this.sheet && this.sheet.ticketId !== inHand) this.sheet = null;
    if (shown?.ticket?.id !== inHand) this.cases = null;
    this.counter = counter;
  }

  /** One thing at a time; a refusal is told, with the fresh state behind it. Whether it was done. */
  async #do(work) {
    if (this.busy) return false;
    this.busy = true;
    try {
      this.message = null;
      await work();
      return true;
    } catch (error) {
      this.#explain(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #explain(error) {
    if (error instanceof Problem) {
      this.say(error);
      if (error.current && this.counter) this.#show(error.current);
    } else if (error instanceof Unreachable) {
      this.say({
        title: t("服务器没有回应"),
        detail: t("恢复连接后请看清当前号码再操作"),
      });
    } else {
      throw error;
    }
  }

  #key(event) {
    if (!this.counter) return;
    if (isKey(CASES_KEY, event)) {
      event.preventDefault();
      this.querySelector("#cases")?.select();
      return;
    }
    const press = pressOfKey(event, this.counter);
    if (!press) return;
    event.preventDefault();
    if (!event.repeat) this.press(press);
  }
}

customElements.define("hk-counter", CounterPage);

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
import { isPossible, pressOfKey } from "./keys.js";

const BAR_MS = 8_000;
const TIMER_MS = 1_000;

class CounterPage extends HallElement {
  static properties = {
    listing: { state: true },
    counter: { state: true },
    busy: { state: true },
    message: { state: true },
  };

  #feed = null;
  #barTimer = null;
  #nextPress = null;

  constructor() {
    super();
    this.listing = null;
    this.counter = null;
    this.busy = false;
    this.message = null;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener(RELOAD_WANTED, (event) => this.busy && event.preventDefault());
    setInterval(() => this.counter?.ticket && this.requestUpdate(), TIMER_MS);
    this.#choose();
  }

  open(counterId) {
    return this.#do(async () => {
      this.#work(await command(`/api/counters/${counterId}/open`));
    });
  }

  leave() {
    return this.#do(async () => {
      await command(`/api/counters/${this.counter.counter_id}/close`);
      this.#choose();
    });
  }

  /**
   * Press a button of the desk, with the state that the clerk saw. A press that comes while another
   * is under way is done after it, if it fits then; after a refusal it is forgotten.
   */
  async press(press) {
    if (this.busy) {
      this.#nextPress = press;
      return;
    }
    if (!isPossible(press, this.counter)) return;
    this.#nextPress = null;
    const { counter_id: id, version } = this.counter;
    const done = await this.#do(async () => {
      this.#show(await command(`/api/counters/${id}/${press.press}`, { version }));
    });
    if (done && this.#nextPress && this.counter) await this.press(this.#nextPress);
  }

  /** What went wrong last, for a while. */
  bar() {
    return html`<div role="status">${this.message ? this.#message() : nothing}</div>`;
  }

  render() {
    if (this.counter) return desk(this, this.counter);
    return this.listing ? chooser(this, this.listing) : nothing;
  }

  updated(changed) {
    const entered = changed.has("counter") && !changed.get("counter") !== !this.counter;
    if (entered || changed.get("listing") === null) this.querySelector("h1")?.focus();
  }

  #message() {
    return html`<p class="notice notice-warn"><strong>${this.message.title}</strong>
      <span>${this.message.detail}</span></p>`;
  }

  #choose() {
    this.counter = null;
    this.#follow(() => get("/api/counters"), (listing) => this.#listed(listing));
  }

  /** A page that was loaded anew goes straight back to the counter that the clerk has. */
  #listed(listing) {
    const mine = this.listing === null && listing.counters.find((counter) => counter.mine);
    this.listing = listing;
    if (mine) this.open(mine.counter_id);
  }

  #work(counter) {
    this.#show(counter);
    this.#follow(snapshotLoader(`/api/counters/${counter.counter_id}`), (fresh) => this.#show(fresh));
  }

  #follow(load, apply) {
    this.#feed?.stop();
    this.#feed = new Feed({ topic: "counters", load, apply, fail: (problem) => this.#say(problem) });
    this.#feed.start();
  }

  /** Show the counter, unless what is shown is newer. */
  #show(counter) {
    const shown = this.counter;
    if (shown?.counter_id === counter.counter_id && counter.version < shown.version) return;
    if (shown && !counter.mine) this.#choose();
    else this.counter = counter;
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
      this.#say(error);
      if (error.current && this.counter) this.#show(error.current);
    } else if (error instanceof Unreachable) {
      this.#say({
        title: t("服务器没有回应"),
        detail: t("恢复连接后请看清当前号码再操作"),
      });
    } else {
      throw error;
    }
  }

  #say({ title, detail }) {
    this.message = { title, detail };
    clearTimeout(this.#barTimer);
    this.#barTimer = setTimeout(() => (this.message = null), BAR_MS);
  }

  #key(event) {
    const press = pressOfKey(event);
    if (!press || !this.counter) return;
    event.preventDefault();
    if (!event.repeat) this.press(press);
  }
}

customElements.define("hk-counter", CounterPage);

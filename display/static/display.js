// The hall screen: who is called where, announced in order; how many wait.

import { html, nothing } from "../vendor/lit.js";
import { snapshotLoader } from "../modules/api.js";
import { serverNow } from "../modules/clock.js";
import { HallElement } from "../modules/element.js";
import { Feed } from "../modules/feed.js";
import { local, rich, t } from "../modules/i18n.js";
import "../modules/link-status.js";
import { wordsNow } from "../modules/notices.js";
import { Announcer, stands } from "./announcer.js";
import { hallClock } from "./hall-clock.js";
import { layoutOf, showsCall, withinLayout } from "./layouts.js";
import { memory } from "./memory.js";
import { hear, speaker } from "./voice.js";
import { Waits } from "./waits.js";
import { windowScreen } from "./window.js";

const RECENT_SHOWN = { table: 6, large: 4 };
const CLOCK_MS = 1_000;

class HallScreen extends HallElement {
  static properties = {
    snapshot: { state: true },
    announced: { state: true },
    mute: { state: true },
  };

  #calls = [];
  #inBurst = false;
  #waits = new Waits(() => this.requestUpdate());
  #announcer = new Announcer({
    announce: (call, more) => this.#announce(call, more),
    now: serverNow,
    memory,
  });

  constructor() {
    super();
    this.snapshot = null;
    this.announced = null;
    this.layout = null;
    this.mute = !speaker.allowed;
  }

  connectedCallback() {
    super.connectedCallback();
    speaker.onchange = () => (this.mute = !speaker.allowed);
    setInterval(() => this.requestUpdate(), CLOCK_MS);
    new Feed({
      topic: "display",
      load: snapshotLoader("/api/display"),
      apply: (snapshot) => this.#show(snapshot),
    }).start();
    this.#waits.start();
  }

  render() {
    if (!this.snapshot) return nothing;
    const { kind, window } = this.layout;
    if (kind === "window") return windowScreen(this.snapshot, window);
    return html`
      <header class="hall-header">
        <h1>${local(this.snapshot, "hall")}</h1>
        ${hallClock(this.snapshot.time_zone)}
      </header>
      <main class="hall-main hall-main-${kind}">
        ${this.#nowCalling()}
        ${this.#recent()}
        ${kind === "table" ? this.#waiting() : nothing}
      </main>
      <footer class="hall-footer">
        <hk-notice-line .words=${[...wordsNow(this.snapshot.notices), t("请留意屏幕和语音呼叫；过号请到导办台")]}></hk-notice-line>
        ${this.mute ? html`<p class="mute">${t("点一下屏幕即可打开声音")}</p>` : nothing}
      </footer>`;
  }

  #show(whole) {
    this.layout = layoutOf(whole, this.dataset.screen);
    this.#calls = whole.calls;
    this.snapshot = withinLayout(whole, this.layout);
    if (this.announced && !this.#stands(this.announced)) speaker.hush();
    this.#announcer.take(whole);
  }

  async #announce(call, more) {
    if (!showsCall(this.layout, call)) return;
    this.announced = call;
    const { volume, also_in: alsoIn } = this.snapshot;
    const stillStands = () => this.#stands(call);
    await hear(call, { withChime: !this.#inBurst, stands: stillStands, volume, alsoIn });
    this.#inBurst = more;
    this.announced = null;
  }

  #stands(call) {
    return stands(call, this.#calls);
  }

  /** The call that is being announced, unless it was taken back, else the latest. */
  get #foremost() {
    const announced = this.announced && this.#stands(this.announced);
    return announced ? this.announced : this.snapshot.calls[0];
  }

  #nowCalling() {
    const call = this.#foremost;
    return html`<section class="now ${this.announced ? "now-announced" : ""}" aria-label=${t("正在呼叫")}>
      ${call ? callInLarge(call) : html`<p class="now-empty">${t("欢迎您，请先取号")}</p>`}
    </section>`;
  }

  // Rows are not keyed: lit's repeat() leaves a comment behind for each row that goes, and a screen
  // stays on for a month.
  #recent() {
    const calls = latestOfEach(this.snapshot.calls, this.#foremost).slice(0, RECENT_SHOWN[this.layout.kind]);
    return html`<section class="panel recent">
      <h2>${t("最近呼叫")}</h2>
      <ol>
        ${calls.map((call) => html`
          <li><b class="number">${call.label}</b><span>${toCounter(call)}</span></li>`)}
      </ol>
    </section>`;
  }

  #waiting() {
    return html`<section class="panel waiting">
      <h2>${t("等候人数")} <small>${t("现在取号要等多久")}</small></h2>
      <ul>
        ${this.snapshot.waiting.map((queue) => html`
          <li><b class="number">${queue.prefix}</b><span>${local(queue)} <small>${this.#waits.of(queue)}</small></span>
            <b class="number ${queue.waiting ? "" : "none"}">${queue.waiting}</b></li>`)}
      </ul>
    </section>`;
  }
}

/** The latest call of each number, without the one that is shown in large. */
function latestOfEach(calls, foremost) {
  const seen = new Set([foremost?.label]);
  return calls.filter((call) => !seen.has(call.label) && seen.add(call.label));
}

function callInLarge(call) {
  return html`
    <p class="now-caption">${t("请")}</p>
    <p class="now-label number">${call.label}</p>
    <p class="now-counter">${toCounter(call)}</p>
    <p class="now-name">${local(call, "counter_name")}</p>`;
}

function toCounter(call) {
  return rich("到 {number} 号窗口", { number: html`<b class="number">${call.counter_number}</b>` });
}

customElements.define("hk-display", HallScreen);

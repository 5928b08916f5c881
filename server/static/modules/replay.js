// A day once more: the slider is the time, the tables are the hall as it was then.

import { html, nothing, repeat } from "../vendor/lit.js";
import { Problem, Unreachable, get } from "./api.js";
import { HallElement } from "./element.js";
import { N_, t } from "./i18n.js";

const MINUTE_MS = 60_000;
const SETTLED_MS = 120;
const STATE_WORDS = {
  called: N_("已呼叫"),
  serving: N_("正在办理"),
  on_hold: N_("已挂起"),
};

class Replay extends HallElement {
  static properties = {
    minute: { state: true },
    hall: { state: true },
    failed: { state: true },
  };

  #timer = null;

  constructor() {
    super();
    this.minute = 0;
    this.hall = null;
    this.failed = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#move(0);
  }

  render() {
    return html`
      <div class="field"><label for="replay-time">${t("时间")}</label>
        <input id="replay-time" class="replay-slider" type="range" min="0" max=${this.dataset.minutes}
          .value=${String(this.minute)} aria-valuetext=${this.#time()}
          @input=${(event) => this.#move(event.target.valueAsNumber)}></div>
      <p class="replay-time number" aria-hidden="true">${this.#time()}</p>
      ${this.failed ? html`<p class="notice notice-warn">${t("服务器没有回应，请稍后再试")}</p>` : nothing}
      ${this.hall ? then(this.hall.tickets) : nothing}`;
  }

  get #at() {
    return new Date(Date.parse(this.dataset.first) + this.minute * MINUTE_MS);
  }

  /** The hall's own wall clock, from the zone in which the server wrote the first minute. */
  #time() {
    const [, hours, minutes] = /T(\d\d):(\d\d)/.exec(this.dataset.first);
    const total = Number(hours) * 60 + Number(minutes) + this.minute;
    const two = (value) => String(value).padStart(2, "0");
    return `${two(Math.floor(total / 60) % 24)}:${two(total % 60)}`;
  }

  #move(minute) {
    this.minute = minute;
    const x = (minute / Math.max(1, this.dataset.minutes)) * this.dataset.width;
    const cursor = document.querySelector(".replay-cursor");
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), SETTLED_MS);
  }

  async #load() {
    const query = new URLSearchParams({ day: this.dataset.day, at: this.#at.toISOString() });
    try {
      this.hall = await get(`/api/queue/replay?${query}`);
      this.failed = false;
    } catch (error) {
      if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
      this.failed = true;
    }
  }
}

/** The tickets of that minute: who waits by queue, what is at each counter. */
function then(tickets) {
  const waiting = byQueue(tickets.filter(({ state }) => state === "waiting"));
  const atCounters = tickets.filter(({ counter }) => counter !== null);
  return html`<div class="replay-tables">
    ${table(t("等候"), [t("队列"), t("人数"), t("号码")], [...waiting], ([queue, those]) => [
      queue,
      those.length,
      those.map(({ label }) => label).join(" "),
    ])}
    ${table(t("窗口"), [t("窗口"), t("号码"), t("状态")], atCounters.sort(byCounter), (ticket) => [
      ticket.counter,
      ticket.label,
      t(STATE_WORDS[ticket.state]),
    ])}
  </div>`;
}

function byQueue(tickets) {
  const queues = new Map(tickets.map(({ queue }) => [queue, []]).sort());
  for (const ticket of tickets) queues.get(ticket.queue).push(ticket);
  return queues;
}

function table(caption, titles, rows, cells) {
  return html`<table class="table">
    <caption>${caption}</caption>
    <thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
    <tbody>
      ${repeat(rows, (row) => html`<tr>${cells(row).map((cell) => html`<td>${cell}</td>`)}</tr>`)}
      ${rows.length ? nothing : html`<tr><td colspan=${titles.length}>${t("没有")}</td></tr>`}
    </tbody>
  </table>`;
}

function byCounter(one, other) {
  return one.counter - other.counter;
}

customElements.define("hk-replay", Replay);

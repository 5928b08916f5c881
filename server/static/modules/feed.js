// Follows one topic: pushed snapshots are taken in order, and whenever one may have been missed
// the snapshot is loaded over HTTP.

import { Problem, Unreachable } from "./api.js";
import { syncClock } from "./clock.js";
import { link, openLink } from "./link.js";

const POLL_MS = 30_000;
// Many pages hear the same notice: they come back spread over this time, and once for a burst.
const COALESCE_MS = [80, 220];
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];

export class Feed {
  #seq = -1;
  #load;
  #apply;
  #fail;
  #topic;
  #loading = false;
  #again = false;
  #failures = 0;
  #timer = null;
  #stopping = new AbortController();

  /**
   * `load()` resolves to a snapshot, or undefined when it is unchanged; `apply(snapshot)` shows
   * it; `fail(problem)` hears of the server's refusals.
   */
  constructor({ topic, load, apply, fail = (problem) => console.error(problem) }) {
    this.#topic = topic;
    this.#load = load;
    this.#apply = apply;
    this.#fail = fail;
  }

  start() {
    const options = { signal: this.#stopping.signal };
    link.addEventListener("connect", () => this.refresh(), options);
    link.addEventListener("up", () => this.refresh(), options);
    link.addEventListener("notice", (event) => this.#hear(event.detail), options);
    const poll = setInterval(() => this.refresh(), POLL_MS);
    options.signal.addEventListener("abort", () => clearInterval(poll));
    openLink();
    this.refresh();
    return this;
  }

  stop() {
    clearTimeout(this.#timer);
    this.#stopping.abort();
  }

  /** Load the snapshot now; while a load is under way, once more after it. */
  async refresh() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#again = true;
    if (this.#loading) return;
    this.#loading = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#loadOnce();
      }
    } finally {
      this.#loading = false;
    }
  }

  #hear(notice) {
    if (notice.topic !== this.#topic || notice.seq <= this.#seq) return;
    if (notice.now) syncClock(notice.now);
    const follows = notice.prev <= this.#seq;
    if (notice.snapshot && follows) this.#take(notice.snapshot, notice.seq);
    else this.#refreshSoon();
  }

  #refreshSoon() {
    const [least, most] = COALESCE_MS;
    this.#timer ??= setTimeout(() => this.refresh(), least + Math.random() * (most - least));
  }

  /** What was loaded counts, even with a smaller sequence (the data was replaced), unless a newer
   * snapshot was pushed meanwhile. */
  async #loadOnce() {
    const before = this.#seq;
    try {
      const snapshot = await this.#load();
      this.#failures = 0;
      if (snapshot === undefined) return;
      const overtaken = this.#seq > before && snapshot.seq < this.#seq;
      if (!overtaken) this.#take(snapshot, snapshot.seq ?? this.#seq);
    } catch (error) {
      this.#retry(error);
    }
  }

  #take(snapshot, seq) {
    if (this.#stopping.signal.aborted) return;
    this.#seq = seq;
    this.#apply(snapshot);
  }

  #retry(error) {
    if (error instanceof Problem) this.#fail(error);
    else if (!(error instanceof Unreachable)) throw error;
    if (this.#stopping.signal.aborted) return;
    const delay = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)];
    this.#failures += 1;
    this.#timer ??= setTimeout(() => this.refresh(), delay);
  }
}

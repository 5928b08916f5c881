// How long somebody who takes a number now will wait, by queue. Asked for now and then, not with
// each call: it takes the server longer than a snapshot, and changes slowly.

import { get } from "../modules/api.js";
import { t } from "../modules/i18n.js";

const ASK_MS = 15_000;
const TRUE_FOR_MS = 60_000;

export class Waits {
  #byQueue = new Map();
  #askedAt = -Infinity;
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  start() {
    this.#ask();
    setInterval(() => this.#ask(), ASK_MS);
  }

  /** In words; nothing while it is not known, or no longer. */
  of(queue) {
    const known = performance.now() - this.#askedAt < TRUE_FOR_MS;
    const wait = known ? this.#byQueue.get(queue.queue_id) : undefined;
    if (!wait) return "";
    if (!wait.estimate) return t("暂无窗口办理");
    const { low, high } = wait.estimate;
    return low ? t("约 {low}–{high} 分钟", { low, high }) : t("约 {high} 分钟以内", { high });
  }

  async #ask() {
    try {
      const { queues } = await get("/api/display/waits");
      this.#byQueue = new Map(queues.map((wait) => [wait.queue_id, wait]));
      this.#askedAt = performance.now();
    } catch {
      // The link's own sign tells that the server is away; what was known grows old by itself.
    }
    this.#changed();
  }
}

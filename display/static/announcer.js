// Announcements are an ordered log: each call is announced once, in order, unless it has become
// stale; what was announced is remembered across reloads.

/** Whether a call still stands, as far as the latest calls tell: it was not taken back. */
export function stands(call, calls) {
  const beyondThem = calls.length > 0 && calls.every(({ id }) => call.id < id);
  return beyondThem || calls.some(({ id }) => id === call.id);
}

export class Announcer {
  #announce;
  #now;
  #memory;
  #waiting = [];
  #calls = [];
  #freshMs = 0;
  #running = false;

  /**
   * `announce(call, more)` resolves when the call has been announced (`more`: others wait);
   * `now()` is the server's time in milliseconds; `memory.last` is the id of the last call
   * announced, or null on a screen that is new: it begins with the calls to come.
   */
  constructor({ announce, now, memory }) {
    this.#announce = announce;
    this.#now = now;
    this.#memory = memory;
  }

  /** Take a snapshot of the hall screen: announce its new calls, oldest first. */
  take({ calls, last_call: newest, fresh_seconds: freshSeconds }) {
    this.#freshMs = freshSeconds * 1000;
    this.#calls = calls;
    this.#memory.last ??= newest;
    const known = Math.max(this.#memory.last, ...this.#waiting.map((call) => call.id));
    // Call numbers only ever grow: smaller ones mean that the hall's data was replaced.
    const after = newest && newest < this.#memory.last ? 0 : known;
    if (after < known) this.#forget();
    this.#waiting.push(...calls.filter((call) => call.id > after).reverse());
    return this.#run();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#waiting.length) {
        const call = this.#waiting.shift();
        this.#memory.last = call.id;
        if (this.#worthSaying(call)) await this.#announce(call, this.#waiting.length > 0);
      }
    } finally {
      this.#running = false;
    }
  }

  /** A call that was taken back, or is too old, is passed over. */
  #worthSaying(call) {
    return stands(call, this.#calls) && this.#now() - Date.parse(call.called_at) < this.#freshMs;
  }

  #forget() {
    this.#waiting = [];
    this.#memory.last = 0;
  }
}

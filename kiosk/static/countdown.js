// Counts the seconds until the kiosk is made ready for the next person.

export class Countdown {
  #left = 0;
  #timer = null;
  #tick;
  #done;

  /** `tick(left)` is told each second, `done()` when none is left. */
  constructor({ tick, done }) {
    this.#tick = tick;
    this.#done = done;
  }

  /** Whole seconds left; null while nothing is counted. */
  get left() {
    return this.#timer === null ? null : this.#left;
  }

  start(seconds) {
    this.stop();
    this.#left = seconds;
    this.#timer = setInterval(() => this.#count(), 1_000);
    this.#tick(seconds);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #count() {
    this.#left -= 1;
    if (this.#left > 0) {
      this.#tick(this.#left);
      return;
    }
    this.stop();
    this.#done();
  }
}

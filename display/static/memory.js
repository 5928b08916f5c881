// What this screen announced last, kept by the browser.

import { base } from "../modules/page.js";

const NAME = `announced:${base}`;

export const memory = {
  /** The id of the last call announced; null on a screen that is new. */
  get last() {
    const kept = localStorage.getItem(NAME);
    return kept === null ? null : Number(kept);
  },

  set last(callId) {
    localStorage.setItem(NAME, String(callId));
  },
};

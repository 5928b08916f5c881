// What this screen announced last, kept by the browser.

import { base } from "../modules/page.js";

const NAME = `announced:${base}`;

export const memory = {
  get last() {
    return Number(localStorage.getItem(NAME) ?? 0);
  },

  set last(callId) {
    localStorage.setItem(NAME, String(callId));
  },
};

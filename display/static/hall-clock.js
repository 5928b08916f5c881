// Date and time in the hall's own zone, by the server's clock.

import { html } from "../vendor/lit.js";
import { serverNow } from "../modules/clock.js";

const formats = new Map();

/** The clock in a hall screen's corner. */
export function hallClock(timeZone) {
  const now = new Date(serverNow());
  const { date, time } = formatsOf(timeZone, document.documentElement.lang);
  return html`<p class="hall-clock"><span>${date.format(now)}</span>
    <time class="number">${time.format(now)}</time></p>`;
}

function formatsOf(timeZone, language) {
  const name = `${timeZone} ${language}`;
  if (!formats.has(name)) {
    const day = { year: "numeric", month: "long", day: "numeric", weekday: "long" };
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    formats.set(name, {
      date: new Intl.DateTimeFormat(language, { timeZone, ...day }),
      time: new Intl.DateTimeFormat(language, { timeZone, ...clock }),
    });
  }
  return formats.get(name);
}

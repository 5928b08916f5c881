// Offering times for appointments: a service, a day, from when to when, how many places.

import { html } from "../../vendor/lit.js";
import { command } from "../../modules/api.js";
import { t } from "../../modules/i18n.js";
import { DeskPart } from "./part.js";
import { followServices, serviceOptions } from "./services.js";

const MINUTES_PER_HOUR = 60;

class DeskOpen extends DeskPart {
  connectedCallback() {
    super.connectedCallback();
    followServices(this);
  }

  render() {
    return html`
      <h2>${t("开放预约时段")}</h2>
      <form class="desk-row" @submit=${(event) => this.#open(event)}>
        <div class="field"><label for="open-service">${t("事项")}</label>
          <select class="input" id="open-service" name="service" required>${serviceOptions(t("请选择事项"))}</select></div>
        <div class="field"><label for="open-day">${t("日期")}</label>
          <input class="input" id="open-day" name="day" type="date" required></div>
        <div class="field"><label for="open-from">${t("从")}</label>
          <input class="input" id="open-from" name="from" type="time" value="09:00" required></div>
        <div class="field"><label for="open-until">${t("到")}</label>
          <input class="input" id="open-until" name="until" type="time" value="11:30" required></div>
        <div class="field"><label for="open-every">${t("每隔（分钟）")}</label>
          <input class="input" id="open-every" name="every" type="number" min="5" max="240" value="30" required></div>
        <div class="field"><label for="open-places">${t("每段名额")}</label>
          <input class="input" id="open-places" name="places" type="number" min="0" max="999" value="2" required></div>
        <div class="field"><label for="open-special">${t("另留边远村民、外来客商")}</label>
          <input class="input" id="open-special" name="special" type="number" min="0" max="999" value="0" required></div>
        <button class="button" type="submit">${t("开放")}</button>
      </form>
      ${this.wordNotice()}`;
  }

  #open(event) {
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(event.target));
    this.attempt(async () => {
      const starts = times(typed.from, typed.until, Number(typed.every));
      await command("/api/appointments/slots", {
        service_id: Number(typed.service),
        day: typed.day,
        starts,
        capacity: Number(typed.places),
        special_capacity: Number(typed.special),
      });
      return t("已开放 {n} 个时段", { n: starts.length });
    });
  }
}

/** Times of day from one to another, both included, so many minutes apart. */
function times(from, until, every) {
  const found = [];
  for (let at = minutes(from); at <= minutes(until); at += every) {
    const two = (number) => String(number).padStart(2, "0");
    found.push(`${two(Math.floor(at / MINUTES_PER_HOUR))}:${two(at % MINUTES_PER_HOUR)}:00`);
  }
  return found;
}

function minutes(time) {
  const [hour, minute] = time.split(":").map(Number);
  return hour * MINUTES_PER_HOUR + minute;
}

customElements.define("hk-desk-open", DeskOpen);

// Looking for a service by the initials of its pinyin, by Chinese or by English words.

import { html } from "../vendor/lit.js";
import { language, t } from "../modules/i18n.js";
import { serviceChoices } from "./choices.js";
import { letterKeys } from "./keys.js";

const LONGEST_QUERY = 20;

/** All services of the kiosk's categories. */
export function allServices(snapshot) {
  return snapshot.categories.flatMap((category) => category.services);
}

/** Services that `query` finds, those that begin with it first. */
export function found(services, query) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [];
  const matches = services.filter((service) => place(service, wanted) >= 0);
  return matches.sort((one, other) => place(one, wanted) - place(other, wanted));
}

/** The screen to look for a service. */
export function searchScreen(kiosk) {
  const services = allServices(kiosk.snapshot);
  const { query } = kiosk;
  return html`
    <div class="question-row">
      <button class="button back" type="button" @click=${() => kiosk.goHome()}>${t("返回")}</button>
      <h1 class="question" tabindex="-1">${t("查找事项")}</h1>
    </div>
    <div class="search-row">
      <input class="input search-field" type="text" inputmode="none" autocomplete="off" maxlength=${LONGEST_QUERY}
        aria-label=${t("拼音首字母或事项名称")} placeholder=${t("拼音首字母，如“身份证”按 SFZ")}
        .value=${query.toUpperCase()} @input=${(event) => kiosk.lookFor(event.target.value)}>
      <button class="button" type="button" @click=${() => kiosk.lookFor("")}>${t("清空")}</button>
    </div>
    ${letterKeys({
      press: (letter) => kiosk.lookFor((query + letter).slice(0, LONGEST_QUERY)),
      erase: () => kiosk.lookFor(query.slice(0, -1)),
      leads: (letter) => found(services, query + letter).length > 0,
    })}
    <div class="found" aria-live="polite">${results(kiosk, found(services, query))}</div>`;
}

function results(kiosk, services) {
  if (services.length) return serviceChoices(kiosk, services);
  return html`<p class="aside">${
    kiosk.query ? t("没有找到，请换几个字母，或到导办台") : t("按字母键，事项会列在这里")}</p>`;
}

/** Where in a service's names the query is; -1 nowhere. */
function place(service, wanted) {
  // In English a word must begin with it: “sf” is no search for “transfer”.
  const english = language() === "en" ? [` ${service.name_en.toLowerCase()}`.indexOf(` ${wanted}`)] : [];
  const places = [service.initials.indexOf(wanted), service.name.toLowerCase().indexOf(wanted), ...english]
    .filter((at) => at >= 0);
  return places.length ? Math.min(...places) : -1;
}

// Where the number in hand goes: a counter, a clerk or a service, and a note for whoever is there.

import { html, nothing } from "../vendor/lit.js";
import { local, t } from "../modules/i18n.js";

const DIGITS = 9;
const FEW_SERVICES = 12;

/** The sheet of targets; the first nine are chosen by a digit. */
export function transfer(page, { targets, filter }) {
  const found = targets.services.filter((service) => matches(service, filter));
  const { counters } = targets;
  let digit = 0;
  const choice = (target, words) => {
    digit += 1;
    return button(page, target, words, digit);
  };
  return html`<h2 id="sheet-title">${t("{label} 转到哪里", { label: page.counter.ticket.label })}</h2>
    <div class="targets">
      <div>
        ${group(t("窗口"), counters.map((counter) => choice(
          { counter_id: counter.counter_id },
          html`<b class="number">${counter.number}</b> ${local(counter)}`)))}
        ${group(t("人员"), counters.map((counter) => choice(
          { account_id: counter.account_id },
          t("{clerk}（{number} 号窗口）", counter))))}
      </div>
      <div>
        ${group(t("事项"), found.map((service) => choice({ service_id: service.service_id }, local(service))),
          targets.services.length > FEW_SERVICES ? search(page) : nothing)}
      </div>
    </div>
    <div class="field"><label for="note">${t("留言（可以不填）")}</label>
      <input id="note" class="input" autocomplete="off" maxlength="200"></div>`;
}

function group(title, choices, finding = nothing) {
  return html`<h3>${title}</h3>
    ${finding}
    ${choices.length
      ? html`<div class="choices-sheet">${choices}</div>`
      : html`<p class="none">${t("现在没有可以转去的")}</p>`}`;
}

function button(page, target, words, digit) {
  const key = digit <= DIGITS;
  return html`<button class="button target" type="button" ?autofocus=${digit === 1}
    data-digit=${key ? digit : nothing}
    @click=${(event) => page.answer("transfer", { ...target, note: noteOf(event) })}>
    ${key ? html`<kbd>${digit}</kbd>` : nothing} <span>${words}</span></button>`;
}

function search(page) {
  return html`<input class="input" type="search" autocomplete="off" aria-label=${t("查找事项")}
      placeholder=${t("查找事项")} @input=${(event) => (page.sheet = { ...page.sheet, filter: event.target.value })}>`;
}

function noteOf(event) {
  return event.currentTarget.closest("dialog").querySelector("#note").value.trim();
}

function matches(service, filter = "") {
  return `${service.name} ${service.name_en}`.toLowerCase().includes(filter.trim().toLowerCase());
}

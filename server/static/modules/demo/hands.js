// What a person does at a SIMULATED device with their hands: a finger, keys, a rating, a card.

import { html, nothing } from "../../vendor/lit.js";
import { N_, t } from "../i18n.js";

const PANEL_KEYS = [
  { key: "call", words: N_("下一位") },
  { key: "recall", words: N_("重呼") },
  { key: "6 confirm", words: N_("过号") },
  { key: "evaluate", words: N_("请评价") },
];

// As the pads number them: the best first.
const RATINGS = [N_("非常满意"), N_("满意"), N_("基本满意"), N_("不满意"), N_("非常不满意")];

// The people are invented.
const CARDS = [
  { command: "lay_card", parameters: { person: 0 }, words: N_("放示例甲的证") },
  { command: "lay_card", parameters: { person: 1 }, words: N_("放示例乙的证") },
  { command: "lay_spoiled_card", parameters: {}, words: N_("放读不出的证") },
  { command: "take_card", parameters: {}, words: N_("拿走") },
];

const people = JSON.parse(document.getElementById("people").textContent);

/** The things to press at this device; `device.act(command, arguments)` presses them. */
export function hands(device) {
  if (device.dataset.kind === "terminal") return finger(device);
  if (device.dataset.kind === "panel_bus") return bus(device);
  if (device.dataset.kind === "id_reader") return cards(device);
  if (device.dataset.kind === "scanner") return codes(device);
  return nothing;
}

function finger(device) {
  const press = async (event) => {
    event.preventDefault();
    const answer = await device.act("press_finger", { pin: event.target.elements.pin.value });
    if (answer) device.say(answer.accepted ? t("谢谢，打卡成功") : t("没有识别"));
  };
  return html`<form class="finger" @submit=${press}>
    <label>${t("谁来打卡")} <select class="input" name="pin">
      ${people.map(({ pin, name }) => html`<option value=${pin}>${name}</option>`)}
    </select></label>
    <button class="button button-main" type="submit">${t("按手指")}</button>
  </form>`;
}

function bus(device) {
  const { panels = [], pads = [] } = device.state ?? {};
  return html`
    ${panels.map(({ address }) => html`<div class="faults" role="group" aria-label=${panelName(address)}>
      <span>${panelName(address)}</span>
      ${PANEL_KEYS.map(({ key, words }) => html`<button class="button" type="button"
        @click=${() => device.act("press_key", { address, key })}>${t(words)}</button>`)}
    </div>`)}
    ${pads.map(({ address }) => html`<div class="faults" role="group" aria-label=${padName(address)}>
      <span>${padName(address)}</span>
      ${RATINGS.map((words, at) => html`<button class="button" type="button"
        @click=${() => device.act("rate", { address, rating: at + 1 })}>${t(words)}</button>`)}
    </div>`)}`;
}

function cards(device) {
  return html`<div class="faults">
    ${CARDS.map(({ command, parameters, words }) => html`<button class="button" type="button"
      @click=${() => device.act(command, parameters)}>${t(words)}</button>`)}
  </div>`;
}

function codes(device) {
  const scan = (event) => {
    event.preventDefault();
    return device.act("scan", { text: event.target.elements.text.value });
  };
  return html`<form class="finger" @submit=${scan}>
    <label>${t("码的内容")} <input class="input" name="text" required></label>
    <button class="button button-main" type="submit">${t("扫码")}</button>
  </form>`;
}

function panelName(address) {
  return t("叫号器 {address}", { address });
}

function padName(address) {
  return t("评价器 {address}", { address });
}

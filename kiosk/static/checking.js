// Checking in for an appointment: by its code, by the identity number, or by the card itself.

import { html, nothing } from "../vendor/lit.js";
import { command } from "../modules/api.js";
import { t } from "../modules/i18n.js";
import { digitKeys } from "./keys.js";

const CODE = { length: 6, complete: /^[0-9]{6}$/, field: "code" };
const IDENTITY = { length: 18, complete: /^[0-9]{17}[0-9X]$/, field: "id_number" };

/** What a citizen types to check in, as far as it has come. */
export class Typed {
  constructor(by = CODE, text = "") {
    this.by = by;
    this.text = text;
  }

  get complete() {
    return this.by.complete.test(this.text);
  }

  /** An identity number may end with an X. */
  get mayCross() {
    return this.by === IDENTITY && this.text.length === IDENTITY.length - 1;
  }

  press(key) {
    return new Typed(this.by, (this.text + key).slice(0, this.by.length));
  }

  erase() {
    return new Typed(this.by, this.text.slice(0, -1));
  }

  otherWay() {
    return new Typed(this.by === CODE ? IDENTITY : CODE);
  }

  /** What the server is told. */
  get body() {
    return { [this.by.field]: this.text };
  }
}

/** Check in; a ticket. `body` has a code, an identity number or the token of a card. */
export function checkIn(body) {
  return command("/api/appointments/check-in", body);
}

/** The screen to check in. */
export function checkInScreen(kiosk) {
  const { typed } = kiosk;
  const byCode = typed.by === CODE;
  return html`
    <div class="question-row">
      <button class="button back" type="button" @click=${() => kiosk.goHome()}>${t("返回")}</button>
      <h1 class="question" tabindex="-1">${t("预约签到取号")}</h1>
    </div>
    <div class="check-in">
      <p class="aside">${byCode ? t("请输入六位预约码") : t("请输入预约时登记的身份证号")}</p>
      <output class="typed number" aria-label=${byCode ? t("预约码") : t("身份证号")}>${shown(typed)}</output>
      ${digitKeys({
        press: (digit) => kiosk.type(typed.press(digit)),
        erase: () => kiosk.type(typed.erase()),
        cross: typed.mayCross,
      })}
      <div class="answers">
        <button class="button answer-way" type="button" @click=${() => kiosk.type(typed.otherWay())}>
          ${byCode ? t("没有预约码，用身份证号") : t("用预约码签到")}
        </button>
        <button class="button button-main answer-take" type="button" ?disabled=${!typed.complete}
          @click=${() => kiosk.checkIn(typed.body)}>${t("签到取号")}</button>
      </div>
      ${byCode ? nothing : html`<p class="aside">${t("也可以直接将身份证放在读卡器上；号码不会保存")}</p>`}
    </div>`;
}

/** What was typed and the places that are left, an identity number in its three parts. */
function shown({ by, text }) {
  const places = text.padEnd(by.length, "–");
  return by === CODE ? places : `${places.slice(0, 6)} ${places.slice(6, 14)} ${places.slice(14)}`;
}

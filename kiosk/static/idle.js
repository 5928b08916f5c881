// Nobody is there: the hall's name, the time, who waits where, and what to have at hand.

import { html, nothing } from "../vendor/lit.js";
import { serverNow } from "../modules/clock.js";
import { N_, local, t } from "../modules/i18n.js";
import { wordsNow } from "../modules/notices.js";

const IDLE_MS = 90_000;
// The hall's notices take turns, so many at a time; what everybody should know stands below them.
const AT_A_TIME = 3;
const TURN_MS = 10_000;
const ALWAYS = [
  N_("办事前请看看材料是否带齐，取号时会为您列出清单"),
  N_("有预约的，请选“预约签到取号”，或直接刷身份证"),
  N_("过号的，请把号票上的二维码对准扫码口，重新排队"),
  N_("需要帮助，请到导办台，我们乐意为您服务"),
];

/** Calls `idle()` when nobody has touched the page for a while. */
export class IdleWatch {
  #timer = null;
  #idle;

  constructor(idle) {
    this.#idle = idle;
    for (const sign of ["pointerdown", "keydown"]) {
      window.addEventListener(sign, () => this.start(), { capture: true });
    }
    this.start();
  }

  start() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#idle, IDLE_MS);
  }
}

/** Draw the kiosk anew at each turn of the notices while it is idle. */
export function keepTurning(kiosk) {
  setInterval(() => kiosk.idle && kiosk.requestUpdate(), TURN_MS);
}

function noticesInTurn(notices) {
  const words = wordsNow(notices);
  const turns = Math.max(1, Math.ceil(words.length / AT_A_TIME));
  const turn = Math.floor(serverNow() / TURN_MS) % turns;
  return words.slice(turn * AT_A_TIME, (turn + 1) * AT_A_TIME);
}

/** The screen that waits for somebody; touched anywhere it gives way. */
export function idleScreen(kiosk) {
  const { snapshot } = kiosk;
  const told = noticesInTurn(snapshot?.notices ?? []);
  return html`<button class="idle" type="button" @click=${() => kiosk.wake()}>
    <span class="idle-hall">${snapshot ? local(snapshot, "hall") : ""}</span>
    <span class="idle-start">${snapshot?.open ? t("轻触屏幕，开始取号") : t("现在不是取号时间")}</span>
    ${told.length ? html`<span class="idle-told">${told.map((words) => html`<span>${words}</span>`)}</span>` : nothing}
    <span class="idle-notices">${ALWAYS.map((notice) => html`<span class="idle-notice">${t(notice)}</span>`)}</span>
  </button>`;
}

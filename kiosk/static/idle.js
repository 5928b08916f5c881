// Nobody is there: the hall's name, the time, who waits where, and what to have at hand.

import { html } from "../vendor/lit.js";
import { N_, local, t } from "../modules/i18n.js";

const IDLE_MS = 90_000;
const NOTICES = [
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

/** The screen that waits for somebody; touched anywhere it gives way. */
export function idleScreen(kiosk) {
  const { snapshot } = kiosk;
  return html`<button class="idle" type="button" @click=${() => kiosk.wake()}>
    <span class="idle-hall">${snapshot ? local(snapshot, "hall") : ""}</span>
    <span class="idle-start">${snapshot?.open ? t("轻触屏幕，开始取号") : t("现在不是取号时间")}</span>
    <span class="idle-notices">${NOTICES.map((notice) => html`<span class="idle-notice">${t(notice)}</span>`)}</span>
  </button>`;
}

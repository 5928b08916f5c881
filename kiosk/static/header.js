// The kiosk's first line: the hall, and what makes the kiosk easier.

import { html, nothing } from "../vendor/lit.js";
import { local, t } from "../modules/i18n.js";

/** The hall's name and the switches. */
export function header(kiosk) {
  const { comforts } = kiosk;
  return html`<header class="kiosk-header">
    <p class="hall-name">${kiosk.snapshot ? local(kiosk.snapshot, "hall") : nothing}</p>
    <div class="switches">
      ${Object.entries(kiosk.languages).map(([code, name]) =>
        code === comforts.language
          ? nothing
          : html`<button class="button" type="button" lang=${code} @click=${() => comforts.setLanguage(code)}>${name}</button>`)}
      <button class="button" type="button" aria-pressed=${comforts.elder} @click=${() => comforts.toggleElder()}>
        ${comforts.elder ? t("标准字号") : t("大字版")}
      </button>
      <button class="button" type="button" aria-pressed=${comforts.contrast} @click=${() => comforts.toggleContrast()}>${t("高对比")}</button>
      <button class="button" type="button" aria-pressed=${comforts.prompts} @click=${() => comforts.togglePrompts()}>${t("语音提示")}</button>
    </div>
  </header>`;
}

// Where the clerk sits today.

import { html, nothing, repeat } from "../vendor/lit.js";
import { local, t } from "../modules/i18n.js";

/** All counters of the hall, to choose one from. */
export function chooser(page, listing) {
  return html`<main class="chooser">
    <h1 tabindex="-1">${t("您好，请选择您的窗口")}</h1>
    ${page.bar()}
    <ul class="counters">
      ${repeat(listing.counters, (counter) => counter.counter_id, (counter) => html`
        <li><button class="counter-choice" type="button" ?disabled=${isTaken(counter)}
          @click=${() => page.open(counter.counter_id)}>
          <span class="number counter-number">${counter.number}</span>
          <span class="counter-words">
            <strong>${local(counter)}</strong>
            <span>${whoIsThere(counter)}</span>
          </span>
        </button></li>`)}
    </ul>
    ${listing.counters.length ? nothing : html`<p class="empty">${t("还没有设置窗口，请联系管理员")}</p>`}
  </main>`;
}

function isTaken(counter) {
  return counter.open && !counter.mine;
}

function whoIsThere(counter) {
  if (counter.mine) return t("您正在这个窗口");
  if (!counter.open) return t("空闲");
  return counter.clerk ?? t("有人");
}

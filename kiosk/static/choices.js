// Services to press, each with what its number would mean now: people, minutes, or why there is none.

import { html, nothing, repeat } from "../vendor/lit.js";
import { local, t } from "../modules/i18n.js";

/** Services as a list of buttons. */
export function serviceChoices(kiosk, services) {
  return html`<ul class="choices choices-services">
    ${repeat(services, (service) => service.id, (service) => html`
      <li><button class="choice" type="button" ?data-stopped=${service.stopped}
          @click=${() => kiosk.choose(service)}>
        <span class="choice-text">
          <strong>${local(service)}</strong>
          <span class="choice-more">${outlook(service)}</span>
          ${tags(service)}
        </span>
        <span class="prefix number" aria-hidden="true">${service.prefix}</span>
      </button></li>`)}
  </ul>`;
}

/** How many wait and how long that takes, as far as it is known. */
export function waitWords({ waiting, estimate }) {
  const people = waiting ? t("等候 {n} 人", { n: waiting }) : t("暂时无人等候");
  if (!estimate || !estimate.high) return people;
  return `${people} · ${estimateWords(estimate)}`;
}

/** A wait as a range of minutes. */
export function estimateWords({ low, high }) {
  return t("预计等候 {low}–{high} 分钟", { low, high });
}

function outlook(service) {
  if (service.stopped === "full") return t("今天的号已取完");
  if (service.stopped === "hours") return t("现在不是这个事项的取号时间");
  return waitWords(service);
}

function tags(service) {
  const late = service.closes_first && !service.stopped;
  if (!late && !service.real_name) return nothing;
  return html`<span class="tags">
    ${late ? html`<span class="tag tag-warn">${t("今日可能办不完")}</span>` : nothing}
    ${service.real_name ? html`<span class="tag">${t("凭身份证取号")}</span>` : nothing}
  </span>`;
}

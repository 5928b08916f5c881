// A citizen who lacks something gets the list on paper instead of a number.

import { html, nothing } from "../vendor/lit.js";
import { command } from "../modules/api.js";
import { N_, local, rich, t } from "../modules/i18n.js";
import { paperIsMissing } from "./taken.js";

const PRINT_WORDS = {
  queued: N_("告知单马上打印，请稍等一下"),
  claimed: N_("告知单马上打印，请稍等一下"),
  sending: N_("正在打印告知单，请稍等一下"),
  sent_unconfirmed: N_("请在出票口取走告知单"),
  printed: N_("告知单已打印，请取走"),
};
const NO_PAPER = N_("对不起，告知单没有打印出来，请用手机拍下这份清单");

/** Ask for the notice of a service; `missing` are the materials marked as not brought. */
export function tellMaterials(service, missing) {
  return command("/api/kiosk/notices", { service_id: service.id, missing: [...missing] });
}

/** The screen after that: what the paper does, and the list itself where there is none. */
export function toldScreen(kiosk, service, state, left) {
  const lost = paperIsMissing(state);
  return html`<div class="taken told">
    <h1 class="question" tabindex="-1">${t("材料带齐后，请再来取号办理")}</h1>
    <p class="notice paper ${lost ? "notice-warn" : "notice-good"}" role="status">${t(lost ? NO_PAPER : PRINT_WORDS[state])}</p>
    ${lost ? list(kiosk, service) : nothing}
    <p class="aside">${t("不清楚的请到导办台，我们帮您看材料")}</p>
    <div class="taken-end">
      <button class="button button-main" type="button" @click=${() => kiosk.reset()}>${t("完成")}</button>
      <button class="button" type="button" @click=${() => kiosk.lookLonger()}>${t("再看一会儿")}</button>
      <p class="countdown">${rich("{n} 秒后回到首页", { n: html`<b class="number">${left}</b>` })}</p>
    </div>
  </div>`;
}

function list(kiosk, service) {
  return html`<section class="card checklist">
    <h2>${local(service)}</h2>
    <ol>${service.materials.map((one) => html`<li>
      ${local(one)} · ${t("{n} 份", { n: one.copies })}
      ${kiosk.missing.has(one.id) ? html`<span class="tag tag-warn">${t("没带")}</span>` : nothing}
    </li>`)}</ol>
  </section>`;
}

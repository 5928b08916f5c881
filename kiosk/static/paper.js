// What a citizen is told before taking a number while the paper does not come out as usual.

import { html, nothing } from "../vendor/lit.js";
import { t } from "../modules/i18n.js";

/** A notice about `paper` of the kiosk's snapshot; nothing while the usual printer prints. */
export function paperNotice(paper) {
  if (!paper || (paper.printer && !paper.elsewhere)) return nothing;
  const words = paper.printer
    ? t("号票将从“{printer}”打出", { printer: paper.printer })
    : t("打印机暂时不能出票，可以照常取号：请用手机拍下屏幕上的号码和二维码");
  return html`<p class="notice notice-warn paper-notice" role="status">${words}</p>`;
}

// Why somebody is served with priority, in words.

import { html } from "../../vendor/lit.js";
import { N_, t } from "../../modules/i18n.js";

const PRIORITIES = {
  none: N_("普通"),
  elderly: N_("老年人"),
  disabled: N_("残疾人"),
  pregnant: N_("孕妇"),
  military: N_("军人、退役军人"),
  green_channel: N_("绿色通道"),
  remote_villager: N_("边远村民"),
  investor: N_("外来客商"),
};
const RESERVED = ["none", "remote_villager", "investor"];

/** Options for a choice of a priority. */
export function priorityOptions() {
  return options(Object.keys(PRIORITIES));
}

/** Options for an appointment: those who have places kept for them. */
export function reservedOptions() {
  return options(RESERVED);
}

/** A priority in words. */
export function priorityWords(priority) {
  return t(PRIORITIES[priority]);
}

function options(names) {
  return names.map((name) => html`<option value=${name}>${priorityWords(name)}</option>`);
}

// Short spoken sentences, one for each screen; switched on by whoever wants to hear them.

import { language } from "../modules/i18n.js";
import { base } from "../modules/page.js";

// Views on which nothing is said: the answer is a moment away.
const SILENT = ["taking"];
// A new sentence ends the one before; a machine without a voice stays quiet.
const EXPECTED = ["AbortError", "NotAllowedError", "NotSupportedError"];

const voice = new Audio();
let on = false;

export function promptsOn() {
  return on;
}

/** Switch the voice; off, it falls silent at once. */
export function setPrompts(wanted) {
  on = wanted;
  if (!on) voice.pause();
}

/** Say what belongs to a view. */
export function say(view) {
  if (!on || SILENT.includes(view)) return;
  voice.src = `${base}/api/kiosk/prompts/${view}.wav?lang=${language()}`;
  voice.play().catch((error) => {
    if (!EXPECTED.includes(error.name)) throw error;
  });
}

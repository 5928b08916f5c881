// How a call is heard: the chime, then the spoken sentence where the server can speak.

import { Problem, Unreachable, request } from "../modules/api.js";
import { language } from "../modules/i18n.js";
import { Speaker } from "../modules/sound.js";

// A call that cannot be heard still holds the screen for a moment, so that it is seen.
const SILENT_MS = 2_500;

export const speaker = new Speaker();

/**
 * Let a call be heard while it `stands`; resolves at its end. In a burst only the first call has
 * the chime.
 */
export async function hear(call, { withChime, stands }) {
  if (!speaker.allowed) {
    await new Promise((done) => setTimeout(done, SILENT_MS));
    return;
  }
  const sentence = spokenCall(call);
  if (withChime) await speaker.chime();
  const bytes = await sentence;
  if (bytes && stands()) await speaker.play(bytes);
}

/** The spoken call as a WAV file; null where there is none, and the chime must do. */
async function spokenCall(call) {
  try {
    return (await request(`/api/calls/${call.id}/voice.wav?lang=${language()}`)).bytes;
  } catch (error) {
    if (error instanceof Problem || error instanceof Unreachable) return null;
    throw error;
  }
}

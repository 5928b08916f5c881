// How a call is heard: the chime, then the spoken sentence where the server can speak.

import { Problem, Unreachable, request } from "../modules/api.js";
import { language } from "../modules/i18n.js";
import { Speaker } from "../modules/sound.js";

// A call that cannot be heard still holds the screen for a moment, so that it is seen.
const SILENT_MS = 2_500;

export const speaker = new Speaker();

/**
 * Let a call be heard while it `stands`, at `volume` per cent, in this page's language and then
 * `alsoIn` others; resolves at its end. In a burst only the first call has the chime.
 */
export async function hear(call, { withChime, stands, volume, alsoIn }) {
  if (!speaker.allowed || volume === 0) {
    await new Promise((done) => setTimeout(done, SILENT_MS));
    return;
  }
  speaker.volume = volume;
  const sentences = [...new Set([language(), ...alsoIn])].map((one) => spokenCall(call, one));
  if (withChime) await speaker.chime();
  for (const sentence of sentences) {
    const bytes = await sentence;
    if (bytes && stands()) await speaker.play(bytes);
  }
}

/** The spoken call as a WAV file; null where there is none, and the chime must do. */
async function spokenCall(call, inLanguage) {
  try {
    return (await request(`/api/calls/${call.id}/voice.wav?lang=${inLanguage}`)).bytes;
  } catch (error) {
    if (error instanceof Problem || error instanceof Unreachable) return null;
    throw error;
  }
}

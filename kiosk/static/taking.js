// Takes a number and follows its paper.

import { Problem, Unreachable, command, get, newKey } from "../modules/api.js";

const PRINT_POLL_MS = 700;
const PRINT_SLOW_MS = 6_000;
// After these nothing more is heard of a paper.
const PRINT_ENDS = ["printed", "sent_unconfirmed", "failed", "uncertain"];

// A press whose answer never came keeps its key: pressed again, it gets the number it already has.
let unanswered = null;

/**
 * Take a number for a service; `card` is the token of an identity card beside the kiosk.
 * Throws Problem, Unreachable.
 */
export async function takeTicket(service, card = null) {
  const same = unanswered?.service === service.id && unanswered.card === card;
  const key = same ? unanswered.key : newKey();
  unanswered = { service: service.id, card, key };
  try {
    const ticket = await command("/api/tickets", { service_id: service.id, card }, key);
    unanswered = null;
    return ticket;
  } catch (error) {
    if (error instanceof Problem) unanswered = null;
    throw error;
  }
}

/** The next person has nothing to do with the last one's press. */
export function forgetPress() {
  unanswered = null;
}

/**
 * Tell `report(state)` how the paper comes along, until it is out, lost, or `signal` aborts;
 * `slow` is a paper that should have come by now and may still.
 */
export async function followPaper(job, report, signal) {
  const due = performance.now() + PRINT_SLOW_MS;
  while (!signal.aborted) {
    await new Promise((done) => setTimeout(done, PRINT_POLL_MS));
    const state = await paperState(job);
    if (signal.aborted) return;
    const ended = PRINT_ENDS.includes(state);
    if (!ended && performance.now() > due) report("slow");
    else if (state) report(state);
    if (ended) return;
  }
}

/** The state of a print job; null while the server cannot be asked. */
async function paperState(job) {
  try {
    return (await get(`/api/print-jobs/${job}`)).state;
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Problem) return null;
    throw error;
  }
}

// A citizen's own page on the phone: asks now and then, and shows what the server would show.

import { Unreachable } from "../modules/api.js";
import { elderMode, setElderMode } from "../modules/elder.js";
import { refreshFragments } from "../modules/fragments.js";

const ASK_MS = 8_000;
// A passed or finished number may come back (a return, an undo); these do not.
const ENDED = ["walked_out", "cancelled"];
const CALLED_PATTERN_MS = [400, 200, 400, 200, 800];
const ELDER_MEMORY = "elder";

const ticket = document.getElementById("ticket");
const stale = document.querySelector(".stale");
const elder = document.getElementById("elder");

async function ask() {
  const before = ticket.dataset.state;
  try {
    await refreshFragments();
    stale.hidden = true;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    stale.hidden = false;
  }
  const now = ticket.dataset.state;
  if (now === "called" && before !== now) navigator.vibrate?.(CALLED_PATTERN_MS);
}

function showElder(on) {
  setElderMode(on);
  elder.setAttribute("aria-pressed", String(on));
}

elder.addEventListener("click", () => {
  showElder(!elderMode());
  localStorage.setItem(ELDER_MEMORY, String(elderMode()));
});
showElder(localStorage.getItem(ELDER_MEMORY) === "true");

const timer = setInterval(() => {
  if (ENDED.includes(ticket.dataset.state)) clearInterval(timer);
  else if (!document.hidden) ask();
}, ASK_MS);
document.addEventListener("visibilitychange", () => document.hidden || ask());

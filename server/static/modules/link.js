// The one socket of a page: notices come in, and everybody can see whether it still carries.

import { io } from "../vendor/socket.io.js";
import { base, reloadOnce, version } from "./page.js";

// The server speaks at least every 1.5 seconds (its ping), so longer silence is a lost line.
const SILENCE_MS = 2_100;
const CHECK_MS = 200;
// A line that is back at once was never gone for anybody who looks at the screen.
const GRACE_MS = 300;
const FIRST_CONNECT_MS = 2_000;
const REFUSED_AGAIN_MS = 5_000;
const RELOAD_AGAIN_MS = 60_000;

/**
 * Fired on `link`: `notice` (detail: the notice), `handover` (detail: what was read beside this
 * kiosk), `connect`, `up` and `down`.
 */
export const link = new EventTarget();

let socket = null;
let heardAt = performance.now();
let upAt = performance.now() + FIRST_CONNECT_MS;
let shownUp = true;

/** Whether the line carries; a page that is just loading counts as connected until it is not. */
export function linkIsUp() {
  return shownUp;
}

/** Open the socket, if it is not open already. */
export function openLink() {
  if (socket) return;
  socket = io({
    path: `${base}/socket.io`,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 300,
    reconnectionDelayMax: 2_500,
    timeout: 4_000,
  });
  socket.io.on("packet", heard);
  socket.io.on("ping", heard);
  socket.on("connect", heard);
  socket.on("connect", () => link.dispatchEvent(new Event("connect")));
  socket.on("notice", (notice) => link.dispatchEvent(new CustomEvent("notice", { detail: notice })));
  socket.on("handover", (read) => link.dispatchEvent(new CustomEvent("handover", { detail: read })));
  socket.on("hello", greet);
  socket.on("connect_error", (error) => refused(error));
  socket.on("disconnect", (reason) => {
    if (reason === "io server disconnect") socket.connect();
  });
  window.addEventListener("offline", () => (heardAt = -Infinity));
  setInterval(check, CHECK_MS);
}

function heard() {
  heardAt = performance.now();
  if (socket.connected) check();
}

function check() {
  const now = performance.now();
  const carries = socket.connected && now - heardAt < SILENCE_MS;
  if (carries) upAt = now;
  show(carries || (shownUp && now - upAt < GRACE_MS));
}

function show(up) {
  if (up === shownUp) return;
  shownUp = up;
  link.dispatchEvent(new Event(up ? "up" : "down"));
}

/** The server was updated: this page's scripts are those of the version before. */
function greet(hello) {
  if (version && hello.version !== version) reloadOnce(`version ${hello.version}`);
}

/** The server does not admit us: the session or the pairing has ended, and the page will say so. */
function refused(error) {
  if (socket.active) return;
  if (error.message === "not-signed-in") reloadOnce("signed-out", RELOAD_AGAIN_MS);
  setTimeout(() => socket.connect(), REFUSED_AGAIN_MS);
}

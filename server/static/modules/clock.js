// The server's time: a screen's own clock may be wrong, and may be set while the page is open.

let server = Date.now();
let since = performance.now();

const HEADER_TOLERANCE_MS = 1_500;

/** Take the server's time from an ISO instant that it just sent. */
export function syncClock(instant) {
  server = Date.parse(instant);
  since = performance.now();
}

/** Take it from a Date header, which knows whole seconds only, where ours is further off. */
export function syncClockRoughly(date) {
  if (Math.abs(Date.parse(date) - serverNow()) > HEADER_TOLERANCE_MS) syncClock(date);
}

/** The server's time now, in milliseconds since the epoch. */
export function serverNow() {
  return server + performance.now() - since;
}

/** Minutes and seconds since an ISO instant, e.g. `4:07`. */
export function elapsed(instant) {
  const seconds = Math.max(0, Math.floor((serverNow() - Date.parse(instant)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

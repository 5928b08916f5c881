// The second tap of a double tap must not press whatever appeared under the finger.

const DOUBLE_TAP_MS = 400;
const DOUBLE_TAP_PIXELS = 48;

/** Keep second taps from everything in an element. */
export function ignoreDoubleTaps(element) {
  let last = { at: -Infinity };
  const listen = (event) => {
    if (event.detail === 0) return; // pressed by key
    const tap = { x: event.clientX, y: event.clientY, at: performance.now() };
    const near = Math.hypot(tap.x - last.x, tap.y - last.y) < DOUBLE_TAP_PIXELS;
    if (near && tap.at - last.at < DOUBLE_TAP_MS) event.stopPropagation();
    last = tap;
  };
  element.addEventListener("click", listen, { capture: true });
}

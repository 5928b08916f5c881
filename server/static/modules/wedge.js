// A scanner that types as a keyboard does: characters faster than any hand, then Enter.

const SLOWEST_SCANNER_MS = 60;
const SHORTEST_CODE = 6;

/** Call `heard(text)` for every code; what is typed into a field is left alone. */
export function listenForScans(heard) {
  let typed = "";
  let at = -Infinity;
  const listen = (event) => {
    if (event.target.matches?.("input, textarea, select") || event.isComposing) return;
    const now = performance.now();
    if (now - at > SLOWEST_SCANNER_MS) typed = "";
    at = now;
    if (event.key.length === 1) typed += event.key;
    if (event.key !== "Enter" || typed.length < SHORTEST_CODE) return;
    event.preventDefault();
    event.stopPropagation();
    heard(typed);
    typed = "";
  };
  window.addEventListener("keydown", listen, { capture: true });
}

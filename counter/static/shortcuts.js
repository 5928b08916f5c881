// A press's key as people read it, and as their aids do.

/** As it is written on a button. */
export function keyOf({ key, shift, control }) {
  if (control) return `Ctrl+${key.toUpperCase()}`;
  return shift ? `Shift+${key}` : key;
}

/** As `aria-keyshortcuts` has it. */
export function shortcutOf(press) {
  return keyOf(press).replace("Ctrl", "Control");
}

/** Whether a keyboard event is of this key, with exactly these others held down. */
export function isKey({ key, shift = false, control = false }, event) {
  const held = event.altKey || event.metaKey;
  return !held && key === event.key && shift === event.shiftKey && control === event.ctrlKey;
}

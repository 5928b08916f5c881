// What the server told this page about itself, and how the page is loaded anew.

/** Path under which the application is served, without a trailing slash; "" at the root. */
export const base = document.documentElement.dataset.base ?? "";

export const csrfToken = meta("csrf-token");
export const version = meta("app-version");

/** Something in the page asks to be loaded anew; prevented by a page that is in use just now. */
export const RELOAD_WANTED = "reload-wanted";

/**
 * Load the page anew, but only once within `forMs` for the same reason, so that a reload which
 * does not help never becomes a loop.
 */
export function reloadOnce(reason, forMs = Infinity) {
  const memory = `reloaded:${base}:${reason}`;
  const last = sessionStorage.getItem(memory);
  if (last !== null && Date.now() - Number(last) < forMs) return;
  const wanted = new CustomEvent(RELOAD_WANTED, { cancelable: true });
  if (!window.dispatchEvent(wanted)) return;
  sessionStorage.setItem(memory, String(Date.now()));
  location.reload();
}

function meta(name) {
  return document.querySelector(`meta[name="${name}"]`)?.content ?? "";
}

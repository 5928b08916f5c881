// Sentences are written in Chinese and looked up in the page's catalogues for other languages.

const root = document.documentElement;
const catalogues = JSON.parse(document.getElementById("messages")?.textContent ?? "{}");
const SOURCE_LANGUAGE = "zh";

/** The language that the server chose for the page. */
export const pageLanguage = root.dataset.language ?? SOURCE_LANGUAGE;

let current = pageLanguage;

/** Fired on `window` after the language was changed without loading the page anew. */
export const LANGUAGE_CHANGED = "language-changed";

/** The language shown now. */
export function language() {
  return current;
}

/** Show another language; the page must have brought its catalogue. */
export function setLanguage(wanted) {
  if (wanted === current) return;
  current = wanted;
  root.lang = wanted === SOURCE_LANGUAGE ? "zh-CN" : wanted;
  window.dispatchEvent(new Event(LANGUAGE_CHANGED));
}

/** Mark a sentence for the catalogue where it is defined, to be translated where it is shown. */
export function N_(message) {
  return message;
}

/** A sentence in the language shown, with `{name}` places filled from the parameters. */
export function t(message, parameters = {}) {
  return rich(message, parameters).join("");
}

/** As `t`, in pieces: parameters may be templates. */
export function rich(message, parameters = {}) {
  const text = catalogues[current]?.[message] || message;
  return text.split(/\{(\w+)\}/).map((piece, at) => (at % 2 ? parameters[piece] : piece));
}

/** A row's text in the language shown: `name` or, say, `name_en`. */
export function local(row, attribute = "name") {
  const translated = current === SOURCE_LANGUAGE ? "" : row[`${attribute}_${current}`];
  return translated || row[attribute];
}

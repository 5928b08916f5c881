// The choice of language on staff pages and phones: remembered by the browser, then shown.

import { base } from "./page.js";

const YEAR_SECONDS = 365 * 24 * 3600;

for (const choice of document.querySelectorAll(".language-choice a")) {
  choice.addEventListener("click", (event) => {
    event.preventDefault();
    document.cookie = `hk_lang=${choice.lang}; path=${base || "/"}; max-age=${YEAR_SECONDS}; SameSite=Lax`;
    const url = new URL(location.href);
    url.searchParams.delete("lang");
    location.replace(url);
  });
}

// Keeps parts of a server-made page fresh: elements marked `data-live` become what the server
// would render now. Words and layout stay in the template alone.

import { request } from "./api.js";
import { Feed } from "./feed.js";
import { base } from "./page.js";

/** Load this page again and show its live parts in place of ours. */
export async function refreshFragments() {
  const path = location.pathname.slice(base.length) + location.search;
  const answer = await request(path, { headers: { Accept: "text/html" } });
  if (answer.redirected) {
    location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(answer.text(), "text/html");
  for (const shown of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(shown.id);
    if (next && !next.isEqualNode(shown)) become(shown, next);
  }
}

/** Refresh whenever something happened in the topic. */
export function followFragments(topic) {
  return new Feed({ topic, load: refreshFragments, apply: () => {} }).start();
}

function become(shown, next) {
  for (const { name, value } of next.attributes) shown.setAttribute(name, value);
  shown.replaceChildren(...next.childNodes);
}

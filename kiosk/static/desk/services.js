// The hall's services for the parts of the desk's page, kept fresh.

import { html } from "../../vendor/lit.js";
import { snapshotLoader } from "../../modules/api.js";
import { Feed } from "../../modules/feed.js";
import { local } from "../../modules/i18n.js";

const parts = new Set();
let categories = [];

/** Draw `part` anew whenever the services change. */
export function followServices(part) {
  if (parts.size === 0) {
    const apply = (snapshot) => {
      categories = snapshot.categories;
      for (const one of parts) one.requestUpdate();
    };
    new Feed({ topic: "kiosk", load: snapshotLoader("/api/kiosk"), apply }).start();
  }
  parts.add(part);
}

/** All services as they are now. */
export function services() {
  return categories.flatMap((category) => category.services);
}

/** Options for a choice of a service, by category. */
export function serviceOptions(none) {
  return html`<option value="">${none}</option>
    ${categories.map((category) => html`<optgroup label=${local(category)}>
      ${category.services.map((one) => html`<option value=${one.id}>${one.prefix} · ${local(one)}</option>`)}
    </optgroup>`)}`;
}

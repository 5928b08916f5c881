// Requests to the server: snapshots are fetched, commands are sent with an idempotency key.

import { syncClockRoughly } from "./clock.js";
import { language, pageLanguage } from "./i18n.js";
import { base, csrfToken, reloadOnce } from "./page.js";

const TIMEOUT_MS = 5_000;
const RETRY_AFTER_MS = [300, 700, 1_500, 3_000];
const PATIENCE_MS = 12_000;
const RELOAD_AGAIN_MS = 60_000;
const SERVER_AWAY = [502, 503, 504];

/** The server answered with a problem document (RFC 9457). */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail || document.title);
    this.status = status;
    this.code = document.code;
    this.title = document.title;
    this.detail = document.detail;
    this.current = document.current;
  }
}

/** No answer came: whether the command was carried out is not known. */
export class Unreachable extends Error {}

/** A response whose body has arrived. */
class Answer {
  constructor(response, bytes) {
    this.status = response.status;
    this.ok = response.ok;
    this.redirected = response.redirected;
    this.headers = response.headers;
    this.bytes = bytes;
  }

  text() {
    return new TextDecoder().decode(this.bytes);
  }

  json() {
    return JSON.parse(this.text());
  }
}

/** A key that no other command has; pages served without TLS have no `randomUUID`. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Something that loads the snapshot at `path` when called; undefined when it is unchanged since
 * the call before.
 */
export function snapshotLoader(path) {
  let etag = null;
  return async () => {
    const answer = await request(path, etag ? { headers: { "If-None-Match": etag } } : {});
    if (answer.status === 304) return undefined;
    etag = answer.headers.get("ETag");
    return answer.json();
  };
}

/** Fetch JSON once. */
export async function get(path) {
  return (await request(path)).json();
}

/**
 * Send a command and return the answer. When no answer comes it is sent again with the same key,
 * for a while; the server carries it out once.
 */
export async function command(path, body = {}, key = newKey()) {
  const deadline = performance.now() + PATIENCE_MS;
  for (const delay of RETRY_AFTER_MS) {
    try {
      return await post(path, body, key);
    } catch (error) {
      if (!worthRepeating(error) || performance.now() + delay > deadline) throw error;
      await new Promise((done) => setTimeout(done, delay));
    }
  }
  return post(path, body, key);
}

/** Send JSON once; an Answer. */
export function send(path, body, headers = {}) {
  return request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken, ...headers },
    body: JSON.stringify(body),
  });
}

/** Fetch under the application's path; an Answer. Throws Problem, Unreachable. */
export async function request(path, init = {}) {
  const answer = await answered(address(path), init);
  const date = answer.headers.get("Date");
  if (date) syncClockRoughly(date);
  if (answer.ok || answer.status === 304) return answer;
  throw problemOf(answer);
}

async function post(path, body, key) {
  return (await send(path, body, { "Idempotency-Key": key })).json();
}

function worthRepeating(error) {
  return error instanceof Unreachable || SERVER_AWAY.includes(error.status);
}

function address(path) {
  const url = new URL(base + path, location.origin);
  if (language() !== pageLanguage) url.searchParams.set("lang", language());
  return url;
}

async function answered(url, init) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(url, { ...init, signal: giveUp.signal });
    return new Answer(response, await response.arrayBuffer());
  } catch (error) {
    throw new Unreachable(error.message);
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(answer) {
  const isDocument = answer.headers.get("Content-Type")?.includes("json");
  const document = isDocument ? answer.json() : { title: `HTTP ${answer.status}` };
  const signedOut = answer.status === 401 || document.code === "csrf";
  if (signedOut) reloadOnce("signed-out", RELOAD_AGAIN_MS);
  return new Problem(answer.status, document);
}

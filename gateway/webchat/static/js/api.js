/**
 * The calls to the gateway (docs/architecture.md, section 5) and their three outcomes: taken, refused for good
 * (`Refused`, with a sentence for the citizen), or unknown (`Unreachable`: try the same id again later).
 */

import { words } from "./words.js";

const CREATED = 201;
const NO_SESSION = 401;
const TIMEOUT_MS = 20_000;
const PHOTO_TIMEOUT_MS = 120_000;

/** A call that did not succeed. */
export class Failure extends Error {}

/** The gateway said no; repeating the same call would not help. */
export class Refused extends Failure {}

/** No answer, or one that says "later"; `after` is the wait in milliseconds that the gateway asked for, if any. */
export class Unreachable extends Failure {
  constructor(cause, after = 0) {
    super("unreachable", { cause });
    this.after = after;
  }
}

/** Tells with `begun` that the gateway has begun a new conversation: the stream of the last one is of no use. */
export const sessions = new EventTarget();

let opening = null;

/** Open or renew the session. One call at a time: two at once would begin two conversations. */
export function openSession() {
  opening ??= begin().finally(() => { opening = null; });
  return opening;
}

async function begin() {
  const { status } = await call("/chat/session", { method: "POST" });
  if (status === CREATED) sessions.dispatchEvent(new Event("begun"));
}

/** Forget the conversation on the gateway. */
export const forgetSession = () => call("/chat/session", { method: "DELETE" });

/** Send one message; `body` holds its id and type. */
export const sendMessage = (body) => withSession(() => call("/chat/messages", json(body)));

/** Tell the gateway which messages this device has kept. */
export const acknowledge = (ids) => call("/chat/ack", json({ ids }));

/** Kota → kecamatan → kelurahan. */
export const fetchAreas = async () => (await call("/chat/areas")).json();

/**
 * Send one photo; `onProgress` is called with the fraction that is through. The session is made sure of first: without
 * one the gateway ends the upload unread, which looks like a broken line.
 */
export async function sendPhoto(photo, onProgress) {
  await openSession();
  await upload(photo, onProgress);
}

const json = (body) => ({
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
});

async function withSession(send) {
  try {
    return await send();
  } catch (error) {
    if (error.status !== NO_SESSION) throw error;
    await openSession();
    return send();
  }
}

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, {
      credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS), ...options,
    });
  } catch (error) {
    throw new Unreachable(error);
  }
  if (!response.ok) throw failure(response.status, await response.text(), response.headers.get("Retry-After"));
  return response;
}

/** `fetch` cannot report how much of an upload is through, so photos go by XMLHttpRequest. */
function upload({ id, file, name, caption }, onProgress) {
  const form = new FormData();
  form.append("id", id);
  form.append("caption", caption);
  form.append("file", file, name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/chat/photos");
    request.timeout = PHOTO_TIMEOUT_MS;
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = request.ontimeout = request.onabort = () => reject(new Unreachable());
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve();
      return reject(failure(request.status, request.responseText, request.getResponseHeader("Retry-After")));
    };
    request.send(form);
  });
}

function failure(status, body, retryAfter) {
  const later = status === 429 || status >= 500;
  const error = later ? new Unreachable(status, Number(retryAfter) * 1000 || 0) : new Refused(sentence(body));
  error.status = status;
  return error;
}

function sentence(body) {
  try {
    return JSON.parse(body).message || words.refused;
  } catch {
    return words.refused;
  }
}

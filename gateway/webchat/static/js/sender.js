/**
 * Sends what the citizen wrote: in order, one at a time, each until the gateway took or refused it. What waits is
 * kept in the history, so a reload or a dead zone loses nothing, and the same id keeps it from being doubled.
 * Events: `progress` with `{id, fraction}` while a photo is on its way.
 */

import { Refused, Unreachable, sendMessage, sendPhoto } from "./api.js";
import { newId } from "./ids.js";
import { dropPhoto, keepPhoto, keptPhoto } from "./photos.js";
import { words } from "./words.js";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export class Sender extends EventTarget {
  #running = false;
  #failures = 0;
  #wake = () => {};
  /** Photos of this visit; IndexedDB may be missing. */
  #photos = new Map();

  constructor(history) {
    super();
    this.history = history;
  }

  /** Queue a message; `payload` is what the gateway gets besides the id, `shown` what the bubble needs. */
  send(payload, shown) {
    this.#queue(newId(), payload, { kind: payload.type, ...shown });
  }

  /** Queue a photo with its small picture for the bubble. */
  async sendPhoto({ blob, name, caption, thumbnail }) {
    const id = newId();
    this.#photos.set(id, blob);
    await keepPhoto(id, blob).catch(() => {});
    this.#queue(id, { caption, name }, { kind: "photo", text: caption, thumbnail });
  }

  /** Try again now: the connection is back. */
  resume() {
    this.#failures = 0;
    this.#wake();
    this.#run();
  }

  #queue(id, payload, shown) {
    this.history.add({ id, from: "citizen", at: Date.now(), state: "waiting", payload, ...shown });
    this.#run();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let entry; (entry = this.history.firstWaiting()); ) await this.#deliver(entry);
    } finally {
      this.#running = false;
    }
  }

  async #deliver(entry) {
    try {
      await (entry.kind === "photo" ? this.#uploadPhoto(entry) : sendMessage({ id: entry.id, ...entry.payload }));
      this.#failures = 0;
      await this.#settle(entry, { state: "sent" });
    } catch (error) {
      if (error instanceof Refused) await this.#settle(entry, { state: "refused", reason: error.message });
      else if (error instanceof Unreachable) await this.#pause(error.after);
      else throw error;
    }
  }

  async #uploadPhoto({ id, payload }) {
    const file = this.#photos.get(id) ?? (await keptPhoto(id).catch(() => undefined));
    if (!file) throw new Refused(words.photoLost);
    await sendPhoto({ id, file, ...payload }, (fraction) => {
      this.dispatchEvent(new CustomEvent("progress", { detail: { id, fraction } }));
    });
  }

  async #settle(entry, outcome) {
    if (entry.kind === "photo") {
      this.#photos.delete(entry.id);
      await dropPhoto(entry.id).catch(() => {});
    }
    this.history.update(entry.id, { ...outcome, payload: undefined });
  }

  /** Wait before the next try, longer after each failure; `resume` ends the wait. */
  #pause(asked) {
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS);
    this.#failures += 1;
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, Math.max(wait, asked));
    });
  }
}

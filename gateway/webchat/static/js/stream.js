/**
 * What Aduan says, as it comes: server-sent events, opened again after every break. The gateway repeats all that is
 * not acknowledged, so nothing is lost in between. Events: `message` and `typing` (with `detail`), `state` with
 * "online" or "connecting".
 */

import { Failure, openSession } from "./api.js";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 20_000;

export class Stream extends EventTarget {
  #source = null;
  #timer = 0;
  #failures = 0;
  #generation = 0;

  /** Open the session, then the stream; opens anew when one is open already. */
  async open() {
    this.close();
    const generation = this.#generation;
    try {
      await openSession();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (generation === this.#generation) this.#retry();
      return;
    }
    if (generation === this.#generation) this.#listen();
  }

  close() {
    this.#generation += 1;
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #listen() {
    const source = new EventSource("/chat/events");
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#tell("state", "online");
    };
    source.onerror = () => {
      source.close();
      if (source === this.#source) this.#retry();
    };
    source.addEventListener("message", (event) => this.#tell("message", JSON.parse(event.data)));
    source.addEventListener("typing", (event) => this.#tell("typing", JSON.parse(event.data).on));
  }

  /** Wait longer after each failure, with some chance in it: not all pages should knock at once after a restart. */
  #retry() {
    this.#source = null;
    this.#tell("state", "connecting");
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.open(), wait);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

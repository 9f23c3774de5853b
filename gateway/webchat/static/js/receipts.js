/** Acknowledges what this device has kept, so that the gateway can forget it. What fails goes with the next one. */

import { acknowledge, Failure, Refused } from "./api.js";

export class Receipts {
  #ids = new Set();
  #running = false;

  add(id) {
    this.#ids.add(id);
    this.flush();
  }

  /** Send what is still to be acknowledged; no answer: with the next message or the next connection. */
  async flush() {
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#ids.size) {
        const ids = [...this.#ids];
        await acknowledge(ids);
        for (const id of ids) this.#ids.delete(id);
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error instanceof Refused) this.#ids.clear();
    } finally {
      this.#running = false;
    }
  }
}

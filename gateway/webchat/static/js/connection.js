/** The line under the header: says when the page is not connected, and has it connect again as soon as that can work. */

import { byId } from "./dom.js";
import { words } from "./words.js";

/** Short breaks are not worth a word. */
const PATIENCE_MS = 1_500;
/** A page that was hidden this long may hold a connection that died unnoticed. */
const STALE_MS = 30_000;

export class Connection {
  #timer = 0;
  #hiddenAt = 0;

  /** `reconnect` is called when the network is back or the page is looked at again. */
  constructor(history, reconnect) {
    this.history = history;
    this.reconnect = reconnect;
    this.line = byId("connection");
    addEventListener("online", () => this.#again());
    addEventListener("offline", () => this.#say(words.offline));
    document.addEventListener("visibilitychange", () => this.#looked());
    this.show("online");
  }

  /** `state` is "online" or "connecting". */
  show(state) {
    clearTimeout(this.#timer);
    if (state === "online") this.#say(this.history.kept ? "" : words.notKept);
    else this.#timer = setTimeout(() => this.#say(navigator.onLine ? words.connecting : words.offline), PATIENCE_MS);
  }

  #again() {
    this.#say(words.connecting);
    this.#reconnect();
  }

  #looked() {
    if (document.hidden) this.#hiddenAt = Date.now();
    else if (Date.now() - this.#hiddenAt > STALE_MS) this.#reconnect();
  }

  #reconnect() {
    if (!this.history.ended) this.reconnect();
  }

  #say(sentence) {
    this.line.textContent = sentence;
    this.line.hidden = !sentence;
  }
}

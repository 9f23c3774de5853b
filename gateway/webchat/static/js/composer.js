/** The text field: grows with the text, Enter sends, the limit is shown near the end, a draft outlasts a reload. */

import { byId } from "./dom.js";
import { words } from "./words.js";

const MOST_LETTERS = 4_000;
const SHOW_LIMIT_FROM = 3_600;
const DRAFT = "aduan.draft";

export class Composer {
  /** `send` is called with the trimmed text. */
  constructor(send, storage) {
    this.send = send;
    this.storage = storage;
    this.field = byId("message");
    this.limit = byId("message-limit");
    this.button = byId("send");
    this.field.value = this.#draft();
    byId("composer").addEventListener("submit", (event) => this.#submit(event));
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.#changed();
  }

  focus() {
    this.field.focus();
  }

  clear() {
    this.field.value = "";
    this.#changed();
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId("composer").requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text || lengthOf(text) > MOST_LETTERS) return this.field.focus();
    this.clear();
    this.send(text);
    return undefined;
  }

  #changed() {
    const length = lengthOf(this.field.value.trim());
    const over = length - MOST_LETTERS;
    this.button.classList.toggle("ready", length > 0 && over <= 0);
    this.limit.hidden = length < SHOW_LIMIT_FROM;
    this.limit.classList.toggle("over", over > 0);
    this.limit.textContent = this.limit.hidden ? "" : over > 0 ? words.tooLong(over) : words.limit(length, MOST_LETTERS);
    this.field.setAttribute("aria-invalid", String(over > 0));
    this.#grow();
    this.#keepDraft();
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  #draft() {
    try {
      return this.storage().getItem(DRAFT) ?? "";
    } catch {
      return "";
    }
  }

  /** A browser that keeps nothing keeps no draft either; the page says so once (connection line). */
  #keepDraft() {
    try {
      this.storage().setItem(DRAFT, this.field.value);
    } catch {
      return;
    }
  }
}

const lengthOf = (text) => [...text].length;

/** The list of messages: bubbles, day separators, typing, and where the page is scrolled. */

import { Bubble } from "./bubble.js";
import { byId, make } from "./dom.js";
import { dayName, dayOf } from "./times.js";
import { words } from "./words.js";

const NEAR_END_PX = 80;
const GROUP_MS = 120_000;
/** Typing ends by itself when its end got lost. */
const LONGEST_TYPING_MS = 60_000;

export class Log {
  #bubbles = new Map();
  #last = null;
  #unread = 0;
  #typingTimer = 0;

  constructor(history, answer) {
    this.history = history;
    this.answer = answer;
    this.list = byId("log");
    this.scroller = byId("conversation");
    this.toNewest = byId("to-newest");
    this.typing = byId("typing");
    this.title = document.title;
    history.addEventListener("change", () => this.render());
    this.toNewest.addEventListener("click", () => this.scrollToEnd());
    this.scroller.addEventListener("scroll", () => this.#nearEnd() && (this.toNewest.hidden = true));
    document.addEventListener("visibilitychange", () => this.#countUnread(0));
    new ResizeObserver(() => this.#stuck && this.scrollToEnd()).observe(this.scroller);
  }

  #stuck = true;

  /** Show what the history holds that is not shown yet, and drop what it no longer holds. */
  render() {
    const { entries } = this.history;
    if (!entries.some(({ id }) => this.#bubbles.has(id))) this.#clear();
    this.list.setAttribute("aria-busy", String(this.#bubbles.size === 0 && entries.length > 1));
    const follow = this.#nearEnd();
    const open = this.history.openQuestions();
    const fresh = entries.filter((entry) => this.#show(entry, open.has(entry.id)));
    this.list.removeAttribute("aria-busy");
    if (fresh.length) this.#arrived(fresh, follow);
    else if (follow) this.scrollToEnd();
  }

  progress(id, fraction) {
    this.#bubbles.get(id)?.progress(fraction);
  }

  showTyping(on) {
    clearTimeout(this.#typingTimer);
    const follow = this.#nearEnd();
    this.typing.hidden = !on;
    if (on) this.#typingTimer = setTimeout(() => this.showTyping(false), LONGEST_TYPING_MS);
    if (on && follow) this.scrollToEnd();
  }

  scrollToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.toNewest.hidden = true;
    this.#stuck = true;
  }

  /** Gives whether the entry is new. */
  #show(entry, open) {
    const known = this.#bubbles.get(entry.id);
    const bubble = known ?? new Bubble(entry, this.answer);
    bubble.update(entry, open);
    if (known) return false;
    if (!this.#last || dayOf(this.#last.at) !== dayOf(entry.at)) this.#separate(entry.at);
    else if (this.#last.from === entry.from && entry.at - this.#last.at < GROUP_MS) bubble.element.classList.add("grouped");
    this.#bubbles.set(entry.id, bubble);
    this.list.append(bubble.element);
    this.#last = entry;
    return true;
  }

  #separate(at) {
    this.list.append(make("p", { className: "day" }, make("span", {}, dayName(at))));
  }

  #clear() {
    this.#bubbles.clear();
    this.#last = null;
    this.list.replaceChildren();
  }

  #arrived(fresh, follow) {
    const own = fresh.at(-1).from === "citizen";
    if (own || follow) this.scrollToEnd();
    else this.toNewest.hidden = false;
    if (document.hidden) this.#countUnread(this.#unread + fresh.filter(({ from }) => from === "aduan").length);
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    return this.#stuck;
  }

  #countUnread(count) {
    this.#unread = count;
    document.title = count ? words.unread(count, this.title) : this.title;
  }
}

/** The list of messages: bubbles, day separators, typing, and where the page is scrolled. */

import { Bubble } from "./bubble.js";
import { byId, make } from "./dom.js";
import { dayName, dayOf } from "./times.js";
import { words } from "./words.js";

const NEAR_END_PX = 48;
const MARGIN_PX = 12;
const GROUP_MS = 120_000;
/** Typing ends by itself when its end got lost. */
const LONGEST_TYPING_MS = 60_000;

export class Log {
  #bubbles = new Map();
  #last = null;
  #unread = 0;
  #typingTimer = 0;
  /** The citizen looks at the end, so the page stays there when something is added. */
  #following = true;
  #top = 0;

  constructor(history, answer) {
    this.history = history;
    this.answer = answer;
    this.list = byId("log");
    this.scroller = byId("conversation");
    this.toNewest = byId("to-newest");
    this.typing = byId("typing");
    this.title = document.title;
    history.addEventListener("change", () => this.render());
    this.toNewest.addEventListener("click", () => this.#scrollToEnd());
    this.scroller.addEventListener("scroll", () => this.#scrolled());
    document.addEventListener("visibilitychange", () => this.#countUnread(0));
    const resized = new ResizeObserver(() => this.#following && this.#scrollToEnd());
    resized.observe(this.scroller);
    resized.observe(this.list);
  }

  /** Show the kept history from its end, without having it read out. */
  open() {
    this.list.setAttribute("aria-busy", "true");
    this.#update();
    this.#scrollToEnd();
    this.list.removeAttribute("aria-busy");
  }

  /** Show what the history holds that is not shown yet, and drop what it no longer holds. */
  render() {
    const fresh = this.#update();
    if (fresh.length) this.#arrived(fresh);
  }

  progress(id, fraction) {
    this.#bubbles.get(id)?.progress(fraction);
  }

  showTyping(on) {
    clearTimeout(this.#typingTimer);
    this.typing.hidden = !on;
    if (on) this.#typingTimer = setTimeout(() => this.showTyping(false), LONGEST_TYPING_MS);
    if (on && this.#following) this.#scrollToEnd();
  }

  /** Gives the entries that are new. */
  #update() {
    const { entries } = this.history;
    if (!entries.some(({ id }) => this.#bubbles.has(id))) this.#clear();
    const open = this.history.openQuestions();
    return entries.filter((entry) => this.#show(entry, open.has(entry.id)));
  }

  /** Gives whether the entry is new. */
  #show(entry, open) {
    const known = this.#bubbles.get(entry.id);
    const bubble = known ?? new Bubble(entry, this.answer);
    bubble.update(entry, open);
    if (known) return false;
    if (!this.#last || dayOf(this.#last.at) !== dayOf(entry.at)) this.#separate(entry.at);
    else if (belongTogether(this.#last, entry)) bubble.element.classList.add("grouped");
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

  /** Follow what the citizen said; of what Aduan said show the beginning, also when it is longer than the screen. */
  #arrived(fresh) {
    const heard = fresh.filter(({ from }) => from === "aduan");
    if (document.hidden) this.#countUnread(this.#unread + heard.length);
    if (heard.length < fresh.length) this.#scrollToEnd();
    else if (this.#following) this.#scrollToStartOf(this.#bubbles.get(heard[0].id).element);
    this.toNewest.hidden = this.#nearEnd();
  }

  #scrollToStartOf(element) {
    const { top } = element.getBoundingClientRect();
    const target = this.scroller.scrollTop + top - this.scroller.getBoundingClientRect().top - MARGIN_PX;
    this.scroller.scrollTop = target;
    this.#following = this.#nearEnd();
  }

  #scrollToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#following = true;
    this.toNewest.hidden = true;
  }

  /** Only scrolling back ends following: content that grows below the page is no wish of the citizen. */
  #scrolled() {
    const { scrollTop } = this.scroller;
    if (this.#nearEnd()) this.#following = true;
    else if (scrollTop < this.#top) this.#following = false;
    if (this.#following) this.toNewest.hidden = true;
    this.#top = scrollTop;
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #countUnread(count) {
    this.#unread = count;
    document.title = count ? words.unread(count, this.title) : this.title;
  }
}

const belongTogether = (before, entry) => before.from === entry.from && before.kind !== "news" && entry.kind !== "news"
  && entry.at - before.at < GROUP_MS;

/** One message as an element: made once, then only its state, progress and answers change. */

import { hiddenText, icon, make } from "./dom.js";
import { richText } from "./richtext.js";
import { clockTime } from "./times.js";
import { words } from "./words.js";

const STATE_ICONS = { waiting: "clock", sent: "check", refused: "alert" };

export class Bubble {
  /** `answer` is called with what the citizen taps: `{button}` or `{ask}`. */
  constructor(entry, answer) {
    this.entry = entry;
    this.answer = answer;
    this.state = make("span", { className: "state" });
    this.reason = make("p", { className: "reason", hidden: true });
    this.body = make("div", { className: "bubble" }, ...this.#content(), this.#foot());
    this.answers = null;
    this.element = make("article", { className: `message from-${entry.from} kind-${entry.kind}` }, this.body, this.reason);
    this.element.dataset.id = entry.id;
    this.update(entry, false);
  }

  /** Show the entry's state; `open` keeps the answers of the current question. */
  update(entry, open) {
    this.entry = entry;
    if (entry.state) this.#showState(entry.state);
    this.reason.hidden = !entry.reason;
    this.reason.textContent = entry.reason ?? "";
    if (open && !this.answers) this.#showAnswers();
    if (!open && this.answers) this.#retireAnswers();
  }

  /** How much of a photo is through, from 0 to 1. */
  progress(fraction) {
    this.bar ??= this.body.appendChild(make("progress", { max: 1 }));
    this.bar.ariaLabel = words.waiting;
    this.bar.value = fraction;
  }

  #content() {
    const { from, kind, text, secret, image, thumbnail } = this.entry;
    const parts = [hiddenText(from === "citizen" ? words.citizen : words.aduan)];
    if (kind === "news") parts.push(label("news-label", "bell", words.news));
    if (thumbnail) parts.push(make("img", { className: "picture", src: thumbnail, alt: words.photoAlt }));
    if (kind === "photo" && !thumbnail) parts.push(label("chip", "camera", words.photo));
    if (image) parts.push(picture(image));
    if (kind === "location" || kind === "area") parts.push(this.#place());
    else if (text) parts.push(make("div", { className: "text" }, from === "aduan" ? richText(text) : text));
    if (secret) parts.push(label("secret-label", "key", words.secret));
    return parts;
  }

  #place() {
    const { text, detail } = this.entry;
    return make("p", { className: "place" }, icon("pin"),
      make("span", {}, make("strong", {}, text), detail ? make("small", {}, detail) : null));
  }

  #foot() {
    const { at } = this.entry;
    const time = make("time", { dateTime: new Date(at).toISOString() }, clockTime(at));
    return make("p", { className: "foot" }, time, this.state);
  }

  #showState(state) {
    if (this.state.dataset.state === state) return;
    this.state.dataset.state = state;
    this.state.replaceChildren(icon(STATE_ICONS[state]), hiddenText(words[state]));
    if (state !== "waiting") this.bar?.remove();
  }

  #showAnswers() {
    const { buttons = [], ask } = this.entry;
    const answers = buttons.map((button) => this.#answer(button.title, null, { button }));
    if (ask === "location") answers.unshift(this.#answer(words.sharePlace, "pin", { ask }));
    if (ask === "photo") answers.unshift(this.#answer(words.sendPhoto, "camera", { ask }));
    if (!answers.length) return;
    this.answers = make("div", { className: "answers", role: "group", ariaLabel: words.choose }, ...answers);
    this.element.append(this.answers);
  }

  #answer(title, iconName, choice) {
    const button = make("button", { type: "button", className: iconName ? "answer answer-native" : "answer" },
      iconName ? icon(iconName) : null, title);
    button.addEventListener("click", () => this.answer(choice));
    return button;
  }

  /** Someone working with the keyboard must not lose the place when the tapped button goes. */
  #retireAnswers() {
    const focused = this.answers.querySelector(":focus-visible");
    this.answers.remove();
    this.answers = null;
    if (focused) document.getElementById("message").focus();
  }
}

const label = (className, iconName, text) => make("p", { className }, icon(iconName), make("span", {}, text));

/** Only pictures of our own host are shown. */
function picture(address) {
  const { origin, href } = new URL(address, location.href);
  return origin === location.origin ? make("img", { className: "picture", src: href, alt: words.imageAlt }) : null;
}

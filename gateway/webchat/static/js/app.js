/** Puts the page together: history, stream, sender, log, composer and dialogs. Loaded by templates/chat.html. */

import { sessions } from "./api.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { byId } from "./dom.js";
import { eraseSheet } from "./erase-sheet.js";
import { History } from "./history.js";
import { Log } from "./log.js";
import { PhotoSheet } from "./photo-sheet.js";
import { PlaceSheet } from "./place-sheet.js";
import { Receipts } from "./receipts.js";
import { Sender } from "./sender.js";
import { sheet } from "./sheet.js";
import { Stream } from "./stream.js";
import { followKeyboard } from "./viewport.js";
import { words } from "./words.js";

const storage = () => localStorage;
const history = new History(storage);
const stream = new Stream();
const sender = new Sender(history);
const receipts = new Receipts();
const log = new Log(history, answer);
const composer = new Composer((text) => say({ type: "text", text }, { text }), storage);
const connection = new Connection(history, () => stream.open());
const photoSheet = new PhotoSheet((photo) => { begin(); sender.sendPhoto(photo); });
const placeSheet = new PlaceSheet(sayPosition, sayArea);
const extras = sheet("extras-sheet");
const help = sheet("help-sheet");

function say(payload, shown) {
  begin();
  sender.send(payload, shown);
}

function answer({ button, ask }) {
  if (ask) open(ask === "photo" ? "photo" : "place");
  else say({ type: "button", ...button }, { text: button.title });
}

function sayPosition({ lat, lon, accuracy }) {
  say({ type: "location", lat, lon }, { text: words.position, detail: words.accuracy(Math.round(accuracy)) });
}

function sayArea({ code, name, within }) {
  say({ type: "area", kelurahan_code: code }, { text: name, detail: within });
}

function open(name) {
  (name === "photo" ? photoSheet : placeSheet).open();
}

/** Begin a new conversation after the last one was erased. */
function begin() {
  if (!history.ended) return;
  history.begin();
  stream.open();
}

/** The gateway forgets the message once it is acknowledged, so it is kept first. */
function receive({ id, at, kind, text, buttons, ask, image, secret }) {
  log.showTyping(false);
  history.add({ id, from: "aduan", kind, at: Date.parse(at) || Date.now(), text, buttons, ask, image, secret });
  receipts.add(id);
}

function stateChanged(state) {
  connection.show(state);
  if (state !== "online") {
    log.showTyping(false);
    return;
  }
  sender.resume();
  receipts.flush();
}

function showEnded() {
  byId("ended").hidden = !history.ended;
  document.documentElement.classList.toggle("is-ended", history.ended);
  if (!history.ended) return;
  stream.close();
  composer.clear();
}

sessions.addEventListener("begun", () => stream.open());
stream.addEventListener("message", ({ detail }) => receive(detail));
stream.addEventListener("typing", ({ detail }) => log.showTyping(detail));
stream.addEventListener("state", ({ detail }) => stateChanged(detail));
sender.addEventListener("progress", ({ detail }) => log.progress(detail.id, detail.fraction));
history.addEventListener("change", showEnded);

byId("open-help").addEventListener("click", () => help.showModal());
byId("open-extras").addEventListener("click", () => extras.showModal());
byId("start-again").addEventListener("click", () => { begin(); composer.focus(); });
for (const choice of extras.querySelectorAll("[data-open]")) {
  choice.addEventListener("click", () => { extras.close(); open(choice.dataset.open); });
}
eraseSheet(history, help);

document.documentElement.classList.remove("no-js");
followKeyboard();
log.open();
showEnded();
if (!history.ended) stream.open();

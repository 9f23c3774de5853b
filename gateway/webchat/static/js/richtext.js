/**
 * A message's text as nodes: line breaks, safe links, 112 to call, report numbers and secret codes to copy. Built
 * from text nodes only, so nothing in a message can become markup.
 */

import { copyButton } from "./copy.js";
import { make } from "./dom.js";

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,:;!?)\]]/;
const REPORT_NUMBER = /\b[A-Z]{2,5}\d{10}\b/;
const SECRET_CODE = /\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b/;
const EMERGENCY = /\b112\b/;
const PIECES = new RegExp([LINK, REPORT_NUMBER, SECRET_CODE, EMERGENCY].map(({ source }) => source).join("|"), "g");

/** "Lokasi: …": lines like these make a summary; their labels are set apart. */
const LABEL = /^(\p{Lu}[\p{L} ]{2,24}:)(?= \S)/u;

/** What Aduan says, with links and numbers to copy. */
export function richText(text) {
  const fragment = document.createDocumentFragment();
  text.split("\n").forEach((line, index) => {
    const label = line.match(LABEL)?.[1] ?? "";
    if (index) fragment.append("\n");
    if (label) fragment.append(make("b", { className: "label" }, label));
    fragment.append(pieces(line.slice(label.length)));
  });
  return fragment;
}

function pieces(text) {
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    fragment.append(text.slice(from, index), node(piece));
    from = index + piece.length;
  }
  fragment.append(text.slice(from));
  return fragment;
}

function node(piece) {
  if (piece.startsWith("http")) {
    return make("a", { href: piece, target: "_blank", rel: "noopener noreferrer nofollow" }, piece);
  }
  if (piece === "112") return make("a", { href: "tel:112", className: "call" }, piece);
  return make("span", { className: "copyable" }, make("code", {}, piece), copyButton(piece));
}

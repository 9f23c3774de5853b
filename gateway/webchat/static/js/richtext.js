/**
 * A message's text as nodes: lines, lists, safe links, 112 to call, report numbers and secret codes to copy. Built
 * from text nodes only, so nothing in a message can become markup.
 */

import { copyButton } from "./copy.js";
import { make } from "./dom.js";

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,:;!?)\]]/;
const REPORT_NUMBER = /\b[A-Z]{2,5}\d{10}\b/;
const SECRET_CODE = /\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b/;
const EMERGENCY = /\b112\b/;
const PIECES = new RegExp([LINK, REPORT_NUMBER, SECRET_CODE, EMERGENCY].map(({ source }) => source).join("|"), "g");

const POINT = "• ";
/** "Tempat: …": lines like these make a summary; their labels are set apart. */
const LABEL = /^(\p{Lu}[\p{L} ]{2,24}:)(?= \S)/u;

/** What Aduan says: words, lists of points, links, and numbers to copy. */
export function richText(text) {
  const fragment = document.createDocumentFragment();
  for (const lines of blocks(text.split("\n"))) {
    const isList = lines[0].startsWith(POINT);
    fragment.append(isList ? make("ul", { className: "points" }, ...lines.map(point)) : paragraph(lines));
  }
  return fragment;
}

/** Neighbouring lines that are all points or all no points. */
function blocks(lines) {
  const found = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last && last[0].startsWith(POINT) === line.startsWith(POINT)) last.push(line);
    else found.push([line]);
  }
  return found;
}

const point = (line) => make("li", {}, labelled(line.slice(POINT.length)));

/** Lines that are no points; the space to a list is the style's, so empty lines at the ends go. */
function paragraph(lines) {
  const shown = lines.join("\n").trim();
  if (!shown) return "";
  return make("p", {}, ...shown.split("\n").flatMap((line, at) => (at ? ["\n", labelled(line)] : [labelled(line)])));
}

function labelled(line) {
  const label = line.match(LABEL)?.[1] ?? "";
  const fragment = pieces(line.slice(label.length));
  if (label) fragment.prepend(make("b", { className: "label" }, label));
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

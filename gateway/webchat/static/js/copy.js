/** A button that copies a report number or a secret code. */

import { hiddenText, icon, make } from "./dom.js";
import { words } from "./words.js";

const SHOWN_MS = 2_000;

/** A button that puts `text` on the clipboard and says so. */
export function copyButton(text) {
  const said = make("span", { className: "copied", role: "status" });
  const button = make("button", { type: "button", className: "copy", title: words.copy(text) },
    icon("copy"), hiddenText(words.copy(text)), said);
  button.addEventListener("click", async () => {
    await copy(text);
    said.textContent = words.copied;
    setTimeout(() => { said.textContent = ""; }, SHOWN_MS);
  });
  return button;
}

/** The clipboard interface is missing on pages served without https; selecting and copying works everywhere. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = make("textarea", { value: text, className: "visually-hidden" });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  return undefined;
}

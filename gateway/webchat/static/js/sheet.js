/** Dialogs: opened over the page, closed by Escape, by a close button, or by a tap beside them. */

import { byId } from "./dom.js";

/** The dialog with this id, with its ways to close it. */
export function sheet(id) {
  const dialog = byId(id);
  for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && isBeside(dialog, event)) dialog.close();
  });
  return dialog;
}

/** Show a sentence in a dialog's error line, or hide the line. */
export function showError(line, sentence = "") {
  line.textContent = sentence;
  line.hidden = !sentence;
}

function isBeside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

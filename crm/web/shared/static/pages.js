/** Makes the pages nicer where there is JavaScript; everything works without it. */

import { shrinkPhotos } from "./shrink.js";

for (const input of document.querySelectorAll("input[data-shrink]")) {
  input.addEventListener("change", () => shrinkPhotos(input));
}

// A second tap on a slow line must not send twice.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement)) return;
  setTimeout(() => { button.setAttribute("aria-disabled", "true"); button.disabled = true; });
  addEventListener("pageshow", () => { button.disabled = false; button.removeAttribute("aria-disabled"); }, { once: true });
});

// The message at the top is what a person who just sent a form wants to hear first.
document.querySelector("main .message[data-focus]")?.focus();

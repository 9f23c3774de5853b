/** Choosing a photo: the device's own chooser, then a preview with a caption, then it is sent. */

import { byId } from "./dom.js";
import { shrink } from "./picture.js";
import { sheet, showError } from "./sheet.js";
import { words } from "./words.js";

export class PhotoSheet {
  #photo = null;

  /** `send` is called with `{blob, name, thumbnail, caption}`. */
  constructor(send) {
    this.send = send;
    this.dialog = sheet("photo-sheet");
    this.chooser = byId("photo-file");
    this.caption = byId("photo-caption");
    this.preview = byId("photo-preview");
    this.error = byId("photo-error");
    this.chooser.addEventListener("change", () => this.#chosen());
    byId("photo-other").addEventListener("click", () => this.open());
    byId("photo-form").addEventListener("submit", (event) => this.#submit(event));
    this.dialog.addEventListener("close", () => this.#reset());
  }

  open() {
    this.chooser.click();
  }

  async #chosen() {
    const [file] = this.chooser.files;
    this.chooser.value = "";
    if (!file) return;
    this.#photo = await shrink(file);
    showError(this.error, this.#photo ? "" : words.photoUnreadable);
    byId("photo-send").disabled = !this.#photo;
    this.#showPreview();
    if (!this.dialog.open) this.dialog.showModal();
  }

  #showPreview() {
    URL.revokeObjectURL(this.preview.src);
    const shown = Boolean(this.#photo?.thumbnail);
    this.preview.parentElement.hidden = !shown;
    if (shown) this.preview.src = URL.createObjectURL(this.#photo.blob);
    else this.preview.removeAttribute("src");
  }

  #submit(event) {
    event.preventDefault();
    this.send({ ...this.#photo, caption: this.caption.value.trim() });
    this.dialog.close();
  }

  #reset() {
    this.#photo = null;
    this.caption.value = "";
    this.#showPreview();
  }
}

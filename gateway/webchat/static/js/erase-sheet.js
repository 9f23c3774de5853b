/** "Hapus percakapan": asks once, then forgets it on the gateway and on this device. */

import { forgetSession, Refused, Unreachable } from "./api.js";
import { byId } from "./dom.js";
import { dropPhotos } from "./photos.js";
import { sheet, showError } from "./sheet.js";
import { words } from "./words.js";

/** Wire the dialog; `help` is the dialog it is opened from. */
export function eraseSheet(history, help) {
  const dialog = sheet("erase-sheet");
  const error = byId("erase-error");
  byId("ask-erase").addEventListener("click", () => {
    help.close();
    showError(error);
    dialog.showModal();
  });
  byId("erase").addEventListener("click", async () => {
    if (!(await forgotten())) return showError(error, words.eraseFailed);
    history.erase();
    await dropPhotos().catch(() => {});
    dialog.close();
    return byId("start-again").focus();
  });
}

/** The device's copy goes only after the gateway's: otherwise nobody could erase that one any more. */
async function forgotten() {
  try {
    await forgetSession();
    return true;
  } catch (error) {
    if (error instanceof Unreachable) return false;
    if (error instanceof Refused) return true; // the gateway knows no such conversation any more
    throw error;
  }
}

/** Photos that wait to be sent, kept in IndexedDB so that they outlast a reload or a dead zone. */

const DATABASE = "aduan";
const STORE = "photos";

/** Keep a photo under its message's id. Rejects where the browser keeps nothing. */
export const keepPhoto = (id, blob) => inStore("readwrite", (store) => store.put(blob, id));

/** The photo of this message, or undefined. */
export const keptPhoto = (id) => inStore("readonly", (store) => store.get(id));

export const dropPhoto = (id) => inStore("readwrite", (store) => store.delete(id));

export const dropPhotos = () => inStore("readwrite", (store) => store.clear());

async function inStore(mode, act) {
  const database = await open();
  try {
    return await outcome(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return outcome(request);
}

const outcome = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

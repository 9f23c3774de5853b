/**
 * The conversation as this device keeps it. The gateway forgets a message once it is acknowledged, so this is the
 * only copy. An entry: `{id, from: "citizen" | "aduan", kind, text, at, …}`; one the citizen sent also has
 * `state: "waiting" | "sent" | "refused"` and, while waiting, the `payload` to send. Entries are never changed in
 * place. Tabs of one browser share the storage: every write begins from what is stored.
 */

const KEY = "aduan.chat";
const MOST_ENTRIES = 500;

export class History extends EventTarget {
  #entries = [];
  #ended = false;
  #kept = true;

  constructor(storage) {
    super();
    this.storage = storage;
    this.#read();
    addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return;
      this.#read();
      this.#changed();
    });
  }

  get entries() { return this.#entries; }

  /** The citizen has erased the conversation and not begun a new one. */
  get ended() { return this.#ended; }

  /** False when this browser refuses to keep anything; the history then lives as long as the page. */
  get kept() { return this.#kept; }

  /** Add an entry unless its id is known; gives whether it was new. */
  add(entry) {
    this.#read();
    if (this.#entries.some(({ id }) => id === entry.id)) return false;
    this.#entries = [...this.#entries, entry].slice(-MOST_ENTRIES);
    this.#write();
    return true;
  }

  /** Change fields of one entry; a field given as undefined is dropped. */
  update(id, fields) {
    this.#read();
    this.#entries = this.#entries.map((entry) => (entry.id === id ? { ...entry, ...fields } : entry));
    this.#write();
  }

  /** The oldest message that the gateway has not taken yet. */
  firstWaiting() {
    return this.#entries.find(({ state }) => state === "waiting");
  }

  /**
   * Ids of the entries whose buttons can still be tapped: newer than the citizen's last message, news and the newest
   * answer. Messages of one answer have one time.
   */
  openQuestions() {
    const open = new Set();
    let answeredAt = null;
    for (const entry of [...this.#entries].reverse()) {
      if (entry.from === "citizen") break;
      if (entry.kind !== "news") {
        answeredAt ??= entry.at;
        if (entry.at !== answeredAt) break;
      }
      open.add(entry.id);
    }
    return open;
  }

  erase() {
    this.#entries = [];
    this.#ended = true;
    this.#write();
  }

  begin() {
    this.#ended = false;
    this.#write();
  }

  #read() {
    if (!this.#kept) return;
    try {
      const stored = JSON.parse(this.storage().getItem(KEY) ?? "{}");
      this.#entries = stored.entries ?? [];
      this.#ended = stored.ended ?? false;
    } catch {
      this.#kept = false;
    }
  }

  #write() {
    this.#store();
    this.#changed();
  }

  /** A full storage gives up the oldest half, so that the newest messages are always kept. */
  #store() {
    while (this.#kept) {
      try {
        this.storage().setItem(KEY, JSON.stringify({ entries: this.#entries, ended: this.#ended }));
        return;
      } catch {
        if (this.#entries.length < 2) this.#kept = false;
        this.#entries = this.#entries.slice(Math.ceil(this.#entries.length / 2));
      }
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

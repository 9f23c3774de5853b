/** Saying where: the device's position, or a kelurahan chosen by steps or by typing. */

import { Failure, fetchAreas } from "./api.js";
import { allKelurahan, search } from "./areas.js";
import { byId, icon, make } from "./dom.js";
import { sheet, showError } from "./sheet.js";
import { words } from "./words.js";

const POSITION_OPTIONS = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };
const DENIED = 1;

export class PlaceSheet {
  #cities = null;
  #kelurahan = [];
  /** The kota and kecamatan the citizen has gone into, outermost first. */
  #path = [];

  /** `sendPosition` gets `{lat, lon, accuracy}`, `sendArea` gets `{code, name, within}`. */
  constructor(sendPosition, sendArea) {
    this.sendPosition = sendPosition;
    this.sendArea = sendArea;
    this.dialog = sheet("place-sheet");
    this.list = byId("areas");
    this.search = byId("area-search");
    this.error = byId("position-error");
    this.positionButton = byId("use-position");
    this.positionButton.addEventListener("click", () => this.#locate());
    this.search.addEventListener("input", () => this.#show());
    byId("area-back").addEventListener("click", () => this.#goTo(this.#path.slice(0, -1)));
  }

  open() {
    this.search.value = "";
    this.#path = [];
    this.#locating(false);
    showError(this.error);
    this.dialog.showModal();
    this.#load();
  }

  async #load() {
    try {
      this.#cities ??= await fetchAreas();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      showError(this.error, words.areasFailed);
      return;
    }
    this.#kelurahan = allKelurahan(this.#cities);
    this.#show();
  }

  #locate() {
    showError(this.error);
    if (!navigator.geolocation) {
      this.#notLocated({});
      return;
    }
    this.#locating(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.#located(coords), (error) => this.#notLocated(error), POSITION_OPTIONS,
    );
  }

  #located({ latitude, longitude, accuracy }) {
    this.#locating(false);
    if (!this.dialog.open) return;
    this.dialog.close();
    this.sendPosition({ lat: latitude, lon: longitude, accuracy });
  }

  #notLocated({ code }) {
    this.#locating(false);
    showError(this.error, code === DENIED ? words.positionDenied : words.positionUnavailable);
    this.search.focus();
  }

  #locating(on) {
    this.positionButton.disabled = on;
    byId("use-position-title").textContent = on ? words.locating : words.sendPosition;
  }

  #goTo(path) {
    this.#path = path;
    this.#show();
    this.list.querySelector("button")?.focus();
  }

  #show() {
    if (!this.#cities) return;
    const typed = this.search.value.trim();
    byId("area-path").hidden = Boolean(typed) || !this.#path.length;
    byId("area-path-name").textContent = this.#path.at(-1)?.name ?? "";
    const rows = typed ? this.#found(typed) : this.#step();
    this.list.replaceChildren(...rows);
    if (!rows.length) this.list.append(make("li", { className: "areas-none" }, words.areasFound(0)));
    byId("area-count").textContent = words.areasFound(rows.length);
  }

  #found(typed) {
    return search(this.#kelurahan, typed).map((area) => this.#row(area.name, area.within, () => this.#choose(area)));
  }

  #step() {
    const [city, kecamatan] = this.#path;
    if (kecamatan) {
      const within = `${kecamatan.name}, ${city.name}`;
      return kecamatan.kelurahan.map((area) => this.#row(area.name, "", () => this.#choose({ ...area, within })));
    }
    const deeper = city ? city.kecamatan : this.#cities;
    return deeper.map((area) => this.#row(area.name, "", () => this.#goTo([...this.#path, area]), true));
  }

  #row(name, within, act, deeper = false) {
    const button = make("button", { type: "button", className: "area" },
      make("span", {}, name, within ? make("small", {}, within) : null), deeper ? icon("next") : null);
    button.addEventListener("click", act);
    return make("li", {}, button);
  }

  #choose(area) {
    this.dialog.close();
    this.sendArea(area);
  }
}

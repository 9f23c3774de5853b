/** Small helpers to make elements. Text always goes in as text nodes, so nothing a message says becomes markup. */

const SVG = "http://www.w3.org/2000/svg";

/** The element with this id; the template guarantees it. */
export const byId = (id) => document.getElementById(id);

/** Make an element; `attributes` named like properties (className, hidden, …) or `on…` handlers are set as such. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** One icon of the template's sprite; decorative, so hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Text for screen readers only. */
export const hiddenText = (text) => make("span", { className: "visually-hidden" }, text);

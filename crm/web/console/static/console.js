/** Makes the console quicker where there is JavaScript: sentences go in at once, one form is open at a time. */

for (const starter of document.querySelectorAll("button.starter")) {
  starter.addEventListener("click", (event) => {
    const text = sentenceOf(starter);
    event.preventDefault();
    if (text) writeInto(document.getElementById(starter.dataset.into), text);
    else document.getElementById(starter.dataset.from)?.focus();
  });
}

function sentenceOf(starter) {
  if (starter.dataset.text) return starter.dataset.text;
  return document.getElementById(starter.dataset.from)?.selectedOptions[0]?.dataset.text;
}

/** Add a sentence and select the first … in it, which the officer has to replace. */
function writeInto(area, text) {
  area.value = [area.value.trim(), text].filter(Boolean).join("\n");
  area.focus();
  const blank = area.value.indexOf("…");
  if (blank >= 0) area.setSelectionRange(blank, blank + 1);
  else area.setSelectionRange(area.value.length, area.value.length);
}

const acts = document.querySelectorAll("details[data-one]");
for (const act of acts) {
  act.addEventListener("toggle", () => {
    if (act.open) acts.forEach((other) => { if (other !== act && !isBegun(other)) other.open = false; });
  });
}

/** A form somebody has begun to fill in stays open. */
function isBegun(act) {
  return [...act.querySelectorAll("textarea")].some((area) => area.value.trim() !== "");
}

// Back to the list as it was filtered.
const back = document.querySelector("a[data-back]");
const before = document.referrer && new URL(document.referrer);
if (back && before && before.origin === location.origin && before.pathname === back.pathname) back.href = before.href;

if (matchMedia("(min-width: 60rem)").matches) {
  document.querySelectorAll("details[data-open-wide]").forEach((one) => { one.open = true; });
}

// What was sent and came back: go to the form that is open.
document.querySelector("details[data-one][open]")?.scrollIntoView({ block: "nearest" });

/** Times as citizens of Jakarta read them: WIB, whatever the device's zone is. */

import { words } from "./words.js";

const ZONE = "Asia/Jakarta";
const clock = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", timeZone: ZONE });
const day = new Intl.DateTimeFormat("id-ID", {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: ZONE,
});
const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });
const DAY_MS = 86_400_000;

/** "14.05" for a time in milliseconds. */
export const clockTime = (at) => clock.format(at);

/** "2026-11-24": the same for all times of one day in Jakarta. */
export const dayOf = (at) => dayKey.format(at);

/** "Hari ini", "Kemarin" or the whole date. */
export function dayName(at, now = Date.now()) {
  if (dayOf(at) === dayOf(now)) return words.today;
  if (dayOf(at) === dayOf(now - DAY_MS)) return words.yesterday;
  return day.format(at);
}

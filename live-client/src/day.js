import { BadFrame } from './errors.js';

/** Slots that can still be booked at `now`: not begun, not inside the venue's notice, and not past its same-day cut-off. */
export function bookable(day, now = Date.now()) {
  const earliest = now + durationMs(day.minNotice);
  return day.slots.filter(({ startsAt, closesAt }) => Date.parse(startsAt) >= earliest && !(Date.parse(closesAt) <= now));
}

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds. */
export function durationMs(text = 'PT0S') {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!parts) throw new TypeError(`Not a duration: ${text}`);
  const [, d = 0, h = 0, m = 0, s = 0] = parts;
  return (((Number(d) * 24 + Number(h)) * 60 + Number(m)) * 60 + Number(s)) * 1000;
}

export const isVersion = (version) => Number.isSafeInteger(version) && version > 0;

const isSlot = (slot) => typeof slot?.startsAt === 'string' && typeof slot.left === 'object' && slot.left;

/** The day after a `day` or `change` frame; undefined when a change does not follow on `day`. Throws on a malformed frame. */
export function apply(day, frame) {
  if (!isVersion(frame.version) || !Array.isArray(frame.slots) || !frame.slots.every(isSlot)) {
    throw new BadFrame(`Not a ${frame.op} frame`);
  }
  if (day?.version >= frame.version && !frame.restarted) return day;
  const { venueId, date, version, minNotice, slots } = frame;
  if (frame.op === 'day') return { venueId, date, version, minNotice, slots };
  if (day?.version !== frame.from) return undefined;
  const merged = new Map([...day.slots, ...slots].map((slot) => [slot.startsAt, slot]));
  return { ...day, version, slots: [...merged.values()].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt)) };
}

// Dates and times in words. A service date is the venue's; instants are shown in the venue's zone unless said otherwise.

const format = (options) => new Intl.DateTimeFormat('en-GB', options);
const noon = (date) => new Date(`${date}T12:00:00Z`);

export const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `yyyy-MM-dd` of an instant in a zone. */
export function dateIn(zone, instant = Date.now()) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

/** The service date that it is at a venue now: until the last seating of a night it is still the evening before. */
export function serviceDate({ timeZone, servicePeriods = [] }, now = Date.now()) {
  const today = dateIn(timeZone, now);
  const time = timeIn(timeZone, now);
  const isNight = servicePeriods.some(({ firstSeating, lastSeating }) => lastSeating < firstSeating && time <= lastSeating);
  return isNight ? addDays(today, -1) : today;
}

export function addDays(date, days) {
  const moved = noon(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

export const longDate = (date) => format({ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(noon(date));
export const shortDate = (date) => format({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(noon(date));
export const timeIn = (zone, instant) => format({ hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(instant));
export const exactTime = (instant) => format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(instant));

/** Such as `UTC+1`. */
export function offset(zone, instant) {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(new Date(instant));
  return parts.find(({ type }) => type === 'timeZoneName').value.replace('GMT', 'UTC');
}

/** What an instant is where the reader is, when the clocks differ; else nothing. */
export function inReadersZone(zone, instant) {
  const there = `${dateIn(zone, new Date(instant))} ${timeIn(zone, instant)}`;
  const date = dateIn(here, new Date(instant));
  const mine = `${date} ${timeIn(here, instant)}`;
  if (there === mine) return '';
  return date === dateIn(zone, new Date(instant)) ? timeIn(here, instant) : `${shortDate(date)}, ${timeIn(here, instant)}`;
}

/** `4:05` for a span in milliseconds. */
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export const guests = (count) => (count === 1 ? '1 guest' : `${count} guests`);

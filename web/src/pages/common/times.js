// Dates and times in the reader's language and habits. A service date is the venue's; instants are shown in the venue's zone unless
// said otherwise. What is computed with (yyyy-MM-dd, HH:mm) is put together from parts: no locale promises these forms.

import { hoursOf, isNight } from './hours.js';
import { spokenLanguage, spokenLocale, t } from './words.js';

const noon = (date) => new Date(`${date}T12:00:00Z`);
const formats = new Map();

function format(options) {
  const key = spokenLocale() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(spokenLocale(), options));
  return formats.get(key);
}

// Milliseconds. An answer tells whole seconds, and has been under way; one that took long, or while the device's clock was changed, tells too little.
const BARELY = 2_000;
const PROMPT = 5_000;
let ahead = 0;

/** What time it is at the house, as its answers tell it: a device's clock may be minutes wrong. */
export const now = () => Date.now() + ahead;

/** By the `Date` of an answer, unless a cache may have kept it since. */
export function hearTime({ headers }, askedAt) {
  if (!/no-store/.test(headers.get('Cache-Control'))) return;
  const took = Date.now() - askedAt;
  const off = Date.parse(headers.get('Date')) + 500 - askedAt - took / 2;
  if (off && took >= 0 && took < PROMPT) ahead = Math.abs(off) > BARELY ? off : 0;
}

export const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

function parts(zone, instant) {
  const key = `parts ${zone}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }));
  }
  return Object.fromEntries(formats.get(key).formatToParts(new Date(instant)).map(({ type, value }) => [type, value.padStart(2, '0')]));
}

export const isDate = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(noon(text).getTime());
export const isTime = (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** `yyyy-MM-dd` of an instant in a zone. */
export function dateIn(zone, instant = now()) {
  const { year, month, day } = parts(zone, instant);
  return `${year}-${month}-${day}`;
}

/** `HH:mm` of an instant in a zone. */
export function timeIn(zone, instant) {
  const { hour, minute } = parts(zone, instant);
  return `${hour}:${minute}`;
}

/** The service date that it is at a venue now: until the last seating of a night it is still the evening before. */
export function serviceDate(venue, instant = now()) {
  const today = dateIn(venue.timeZone, instant);
  const time = timeIn(venue.timeZone, instant);
  const before = addDays(today, -1);
  return hoursOf(venue, before).some((each) => isNight(each) && time <= each.lastSeating) ? before : today;
}

export function addDays(date, days) {
  const moved = noon(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

export const longDate = (date) => format({ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(noon(date));
export const shortDate = (date) => format({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(noon(date));
export const dateOfYear = (date) => format({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(noon(date));
export const exactTime = (instant) => format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(instant));

/** A time of day as people here write it: `19:00`, or `7:00 PM`. */
export const clock = (time) => format({ hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(`2000-01-01T${time}:00Z`));

/** Such as `UTC+1`, on the day that is looked at: clocks may change until then. Counted: where Firefox is asked for an offset it says `BST`. */
export function offset(zone, instant) {
  const { year, month, day, hour, minute } = parts(zone, instant);
  const minutes = Math.ceil((Date.UTC(year, month - 1, day, hour, minute) - instant) / 60_000);
  return minutes ? `UTC${minutes < 0 ? '-' : '+'}${pair(Math.abs(minutes)).replace(':00', '')}` : 'UTC';
}

/** An instant in the middle of a service date. */
export const during = (date) => noon(date).getTime();

/** What an instant is where the reader is, when the clocks differ; else nothing. */
export function inReadersZone(zone, instant) {
  const there = `${dateIn(zone, instant)} ${timeIn(zone, instant)}`;
  const date = dateIn(here, instant);
  const mine = `${date} ${timeIn(here, instant)}`;
  if (there === mine) return '';
  return date === dateIn(zone, instant) ? clock(timeIn(here, instant)) : `${shortDate(date)}, ${clock(timeIn(here, instant))}`;
}

const pair = (count) => `${Math.floor(count / 60)}:${String(count % 60).padStart(2, '0')}`;

/** `4:05` for a span in milliseconds. */
export const countdown = (ms) => pair(Math.max(0, Math.ceil(ms / 1000)));

export const guests = (count) => t('guests', { n: count });

export const monthName = (date) => format({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(noon(date));

/** Monday first. */
export const weekdayNames = () => Array.from({ length: 7 }, (_, i) =>
  format({ weekday: spokenLanguage() === 'ar' ? 'narrow' : 'short', timeZone: 'UTC' }).format(noon(addDays('2024-01-01', i)))); // short Arabic names are long

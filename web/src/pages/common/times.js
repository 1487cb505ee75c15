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
export function dateIn(zone, instant = Date.now()) {
  const { year, month, day } = parts(zone, instant);
  return `${year}-${month}-${day}`;
}

/** `HH:mm` of an instant in a zone. */
export function timeIn(zone, instant) {
  const { hour, minute } = parts(zone, instant);
  return `${hour}:${minute}`;
}

/** The service date that it is at a venue now: until the last seating of a night it is still the evening before. */
export function serviceDate(venue, now = Date.now()) {
  const today = dateIn(venue.timeZone, now);
  const time = timeIn(venue.timeZone, now);
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

/** Such as `UTC+1`, on the day that is looked at: clocks may change until then. */
export function offset(zone, instant) {
  const found = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(new Date(instant));
  return found.find(({ type }) => type === 'timeZoneName').value.replace('GMT', 'UTC');
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

/** `4:05` for a span in milliseconds. */
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export const guests = (count) => t('guests', { n: count });

export const monthName = (date) => format({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(noon(date));

/** Monday first. */
export const weekdayNames = () => Array.from({ length: 7 }, (_, i) =>
  format({ weekday: spokenLanguage() === 'ar' ? 'narrow' : 'short', timeZone: 'UTC' }).format(noon(addDays('2024-01-01', i)))); // short Arabic names are long

// The grid of times: one button for each slot, grouped by service, updated in place so that focus and eyes stay where they are.

import { bookable, durationMs } from '/v1/live/client.js';
import { announce, element, place } from './dom.js';
import { dateIn, inReadersZone, shortDate } from './times.js';

const groups = new Map();
const buttons = new Map();

export function clearGrid(root) {
  groups.clear();
  buttons.clear();
  root.replaceChildren();
}

/** Draws the day for a party; `before` is what stood there, to show what has changed. Returns the slots drawn. */
export function drawGrid(root, { day, before, venue, party, onpick }) {
  const slots = bookable(day);
  const had = new Map((before?.slots ?? []).map((slot) => [slot.startsAt, slot.left[party] ?? 0]));
  const byGroup = new Map();
  for (const slot of slots) {
    const name = groupOf(slot, day, venue);
    byGroup.set(name, [...(byGroup.get(name) ?? []), button(slot, venue, party, had, onpick)]);
  }
  place(root, [...byGroup].map(([name, members]) => group(name, members)));
  return slots;
}

/** When the next slot has to go because time has passed; undefined when none is left. */
export function nextExpiry(day, now = Date.now()) {
  const notice = durationMs(day.minNotice);
  return day.slots.map((slot) => Date.parse(slot.startsAt) - notice).filter((at) => at >= now).sort((a, b) => a - b)[0];
}

function groupOf(slot, day, venue) {
  const period = venue.servicePeriods?.find(({ firstSeating, lastSeating }) => firstSeating <= lastSeating
    ? firstSeating <= slot.time && slot.time <= lastSeating
    : firstSeating <= slot.time || slot.time <= lastSeating);
  const name = period ? period.name[0].toUpperCase() + period.name.slice(1) : 'Times';
  const date = dateIn(venue.timeZone, new Date(slot.startsAt));
  return date === day.date ? name : `${name}, after midnight (${shortDate(date)})`;
}

function group(name, members) {
  if (!groups.has(name)) {
    groups.set(name, element('section', { className: 'service' },
      element('h3', { textContent: name }), element('div', { className: 'slots' })));
  }
  const made = groups.get(name);
  place(made.lastElementChild, members);
  return made;
}

function button(slot, venue, party, had, onpick) {
  const key = slot.startsAt;
  if (!buttons.has(key)) {
    buttons.set(key, element('button', { type: 'button', className: 'slot', test: `slot-${slot.time}` },
      element('time', { textContent: slot.time, dateTime: key }), ' ', element('small')));
  }
  const made = buttons.get(key);
  const left = slot.left[party] ?? 0;
  const text = left === 0 ? 'taken' : left === 1 ? 'last table' : `${left} tables`;
  const there = inReadersZone(venue.timeZone, key);
  made.lastElementChild.textContent = text;
  made.title = there ? `${there} where you are` : '';
  made.setAttribute('aria-disabled', left === 0);
  made.classList.toggle('last', left === 1);
  made.onclick = () => left > 0 && onpick(slot);
  if (had.has(key) && had.get(key) !== left) changed(made, slot, had.get(key), left);
  return made;
}

function changed(made, slot, before, left) {
  made.classList.remove('changed');
  void made.offsetWidth; // starts the animation anew
  made.classList.add('changed');
  setTimeout(() => made.classList.remove('changed'), 4_000);
  if (left === 0) announce(`${slot.time} has just been taken.`);
  else if (before === 0) announce(`${slot.time} is free again.`);
}

/** Arrow keys go from time to time. */
export function arrowKeys(root) {
  root.addEventListener('keydown', (event) => {
    const all = [...root.querySelectorAll('.slot')];
    const at = all.indexOf(document.activeElement);
    if (at < 0) return;
    const row = all.filter((each) => each.offsetTop === all[at].offsetTop && each.parentElement === all[at].parentElement).length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row, Home: -at, End: all.length - 1 - at }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, at + step))].focus();
  });
}

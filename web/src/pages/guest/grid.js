// The grid of times: one button for each slot, grouped by service, updated in place so that focus and eyes stay where they are.

import { bookable, durationMs } from '/v1/live/client.js';
import { announce, element, focusedAround, place } from '../common/dom.js';
import { canSeat, periodOf } from '../common/hours.js';
import { clock, dateIn, inReadersZone, now, shortDate } from '../common/times.js';
import { t } from '../common/words.js';

/** Times in `root`: `draw` them, `clear` them. */
export function gridOf(root) {
  const drawn = { groups: new Map(), cells: new Map() };
  arrowKeys(root);
  return {
    draw: (shown) => draw(root, drawn, shown),
    clear() {
      drawn.groups.clear();
      drawn.cells.clear();
      root.replaceChildren();
    },
  };
}

/**
 * Draws the day for a party; `before` is what stood there, to show what has changed. Returns the slots drawn.
 *
 * @param shown `party` is undefined when nobody can be seated with so many; `owns` says which slots are the guest's own already,
 *     `asks` for which a wish of theirs is under way
 */
function draw(root, { groups, cells }, shown) {
  const { day, before, venue, party } = shown;
  const slots = bookable(day, now());
  const had = new Map((before?.slots ?? []).map((slot) => [slot.startsAt, slot.left[party] ?? 0]));
  const byGroup = new Map();
  for (const slot of slots) {
    const name = groupOf(slot, day, venue);
    byGroup.set(name, [...(byGroup.get(name) ?? []), cell(cells, slot, shown, had)]);
  }
  place(root, [...byGroup].map(([name, members]) => group(groups, name, members)));
  return slots;
}

/** In how many milliseconds the next slot has to go because time has passed; undefined when none is left. */
export function nextExpiry(day) {
  const notice = durationMs(day.minNotice);
  const ends = day.slots.flatMap(({ startsAt, closesAt }) => [Date.parse(startsAt) - notice, Date.parse(closesAt)]);
  const next = ends.filter((at) => at >= now()).sort((a, b) => a - b)[0];
  return next && next - now();
}

/** Whether there are times to come that the house takes no more bookings for, since its cut-off of the day has passed. */
export const isCutOff = (day, instant = now()) => day.slots.some(({ startsAt, closesAt }) => Date.parse(startsAt) >= instant && Date.parse(closesAt) <= instant);

function groupOf(slot, day, venue) {
  const period = periodOf(venue, day.date, slot.time);
  const name = period ? period.name[0].toUpperCase() + period.name.slice(1) : t('times');
  const date = dateIn(venue.timeZone, slot.startsAt);
  return date === day.date ? name : t('afterMidnight', { name, date: shortDate(date) });
}

function group(groups, name, members) {
  if (!groups.has(name)) {
    groups.set(name, element('section', { className: 'service' },
      element('h3', {}, element('bdi', { textContent: name })), element('div', { className: 'slots' })));
  }
  const made = groups.get(name);
  place(made.lastElementChild, members);
  return made;
}

/** A slot and, while it is taken, the way to wait for it. */
function cell(cells, slot, { day, venue, party, owns, asks, onpick, onwait }, had) {
  const key = slot.startsAt;
  const time = clock(slot.time);
  if (!cells.has(key)) {
    cells.set(key, element('div', { className: 'cell' },
      element('button', { type: 'button', className: 'slot', test: `slot-${slot.time}` },
        element('time', { textContent: time, dateTime: key }), ' ', element('small')),
      element('button', { type: 'button', className: 'wait', test: `wait-${slot.time}`, textContent: t('wait'), aria: { label: t('waitForTime', { time }) } })));
  }
  const made = cells.get(key);
  const [button, wait] = made.children;
  const left = slot.left[party] ?? 0;
  const there = inReadersZone(venue.timeZone, key);
  const isOwn = owns(slot);
  const isFor = left > 0 || canSeat(venue, day.date, slot.time, party);
  button.lastElementChild.textContent = party === undefined ? '' : isOwn ? t('yours') : left === 0 && asks(slot) ? t('asking')
    : left === 0 ? t(isFor ? 'taken' : 'notFor', { n: party }) : left === 1 ? t('lastTable') : t('tables', { n: left });
  button.title = there ? t('thereIs', { time: there }) : '';
  button.setAttribute('aria-disabled', left === 0);
  button.classList.toggle('last', left === 1);
  button.classList.toggle('own', isOwn);
  button.onclick = () => left > 0 && onpick(slot);
  wait.hidden = left > 0 || isOwn || party === undefined || !isFor;
  wait.onclick = () => onwait(slot);
  if (had.has(key) && had.get(key) !== left) changed(button, { time, isOwn: isOwn || asks(slot) }, had.get(key), left);
  return made;
}

function changed(made, { time, isOwn }, before, left) {
  made.classList.remove('changed');
  void made.offsetWidth; // starts the animation anew
  made.classList.add('changed');
  setTimeout(() => made.classList.remove('changed'), 4_000);
  if (left === 0 && !isOwn) announce(t('hasBeenTakenSaid', { time }));
  else if (before === 0) announce(t('freeAgain', { time }));
}

const KEYS = { ArrowRight: 1, ArrowLeft: -1 };

/** Arrow keys go from time to time, as the eyes do: right is onward where lines run to the right. */
function arrowKeys(root) {
  root.addEventListener('keydown', (event) => {
    const all = [...root.querySelectorAll('.slot')];
    const at = all.indexOf(focusedAround(root));
    if (at < 0) return;
    const top = (each) => each.parentElement.offsetTop;
    const row = all.filter((each) => top(each) === top(all[at]) && each.closest('.slots') === all[at].closest('.slots')).length;
    const onward = getComputedStyle(root).direction === 'rtl' ? -1 : 1;
    const step = { ArrowDown: row, ArrowUp: -row, Home: -at, End: all.length - 1 - at }[event.key] ?? KEYS[event.key] * onward;
    if (Number.isNaN(step)) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, at + step))].focus();
  });
}

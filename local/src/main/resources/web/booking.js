// The dialog in which a time is booked, or a place on the waitlist taken. It follows the day while it is open.

import { bookable } from '/v1/live/client.js';
import * as api from './api.js';
import { $, element } from './dom.js';
import { addDays, dateIn, guests, inReadersZone, longDate, shortDate } from './times.js';

const CAUSES = {
  'table-taken': 'Somebody else was faster.',
  held: 'Somebody else is about to book it.',
  pacing: 'Tables are free, but the kitchen takes no more guests at this time.',
};

let wish; // { kind: 'table' | 'waitlist', venue, date, time, partySize, key }
let done;

/** @param whenDone called with the reservation or waitlist entry, and its venue */
export function setUpBooking(whenDone) {
  done = whenDone;
  $('name').value = localStorage.getItem('name') ?? '';
  $('wait-from').onchange = () => {
    $('wait-to').selectedIndex = Math.max($('wait-to').selectedIndex, $('wait-from').selectedIndex);
  };
  $('back').onclick = () => $('booking').close();
  $('book').onsubmit = (event) => {
    event.preventDefault();
    send();
  };
  $('booking').addEventListener('click', ({ target }) => target === $('booking') && $('booking').close());
}

export function askForTable(venue, day, slot, partySize) {
  show({ kind: 'table', venue, date: day.date, time: slot.time, startsAt: slot.startsAt, partySize });
}

export function askForWaitlist(venue, day, partySize) {
  const times = bookable(day).map((slot) => slot.time);
  $('wait-from').replaceChildren(...times.map((time) => element('option', { textContent: time })));
  $('wait-to').replaceChildren(...times.map((time) => element('option', { textContent: time })));
  $('wait-to').value = times.at(-1);
  show({ kind: 'waitlist', venue, date: day.date, partySize });
}

function show(next) {
  const { kind, venue, date, time, startsAt, partySize } = (wish = { ...next, key: crypto.randomUUID() });
  const there = startsAt && inReadersZone(venue.timeZone, startsAt);
  const begins = startsAt ? dateIn(venue.timeZone, new Date(startsAt)) : date;
  const when = begins === date ? longDate(date) : `in the night to ${longDate(begins)}`;
  $('booking-title').textContent = kind === 'table' ? `${time}, ${guests(partySize)}` : `Wait for a table, ${guests(partySize)}`;
  $('booking-where').textContent = `${venue.name}${venue.city ? `, ${venue.city}` : ''} · ${when}${there ? ` · ${there} where you are` : ''}`;
  $('booking-news').replaceChildren();
  $('booking-error').textContent = '';
  $('wait-between').hidden = kind !== 'waitlist';
  $('confirm').textContent = kind === 'table' ? 'Book' : 'Join the waitlist';
  $('confirm').dataset.testid = kind === 'table' ? 'book-confirm' : 'waitlist-join';
  busy(false);
  if (!$('booking').open) $('booking').showModal();
  ($('name').value ? $('confirm') : $('name')).focus();
}

/** The day has changed while the dialog is open. */
export function follow(day, partySize) {
  if (!$('booking').open || wish.kind !== 'table' || wish.venue.venueId !== day.venueId) return;
  const open = bookable(day).filter((slot) => slot.left[partySize]);
  for (const choice of $('booking-news').querySelectorAll('.choices button')) {
    if (choice.dataset.date === day.date) choice.disabled = !open.some((slot) => slot.time === choice.dataset.time);
  }
  if (!wish.refused && wish.date === day.date) sayWhetherGone(day, open, partySize);
}

function sayWhetherGone(day, open, partySize) {
  const isGone = !open.some((slot) => slot.startsAt === wish.startsAt);
  if (isGone === Boolean(wish.gone)) return;
  wish.gone = isGone;
  $('confirm').textContent = isGone ? 'Try all the same' : 'Book';
  const near = (slot) => Math.abs(Date.parse(slot.startsAt) - Date.parse(wish.startsAt));
  const offers = open.sort((a, b) => near(a) - near(b)).slice(0, 4).sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  $('booking-news').replaceChildren(...(isGone ? [element('div', { className: 'notice warn' },
    element('h3', { textContent: `${wish.time} has just been taken` }),
    element('p', { textContent: offers.length ? 'Still free, one click books it:' : 'Nothing else is free on this day.' }),
    choices(offers.map((slot) => ({ date: day.date, ...slot, left: slot.left[partySize] }))))] : []));
}

async function send() {
  if (!$('book').reportValidity()) return;
  const { kind, venue, date, time, partySize, key } = wish;
  const guest = { name: $('name').value.trim() };
  localStorage.setItem('name', guest.name);
  $('booking-error').textContent = '';
  busy(true);
  try {
    const made = kind === 'table'
      ? await api.book(venue.venueId, { date, time, partySize, guest, ...(wish.area && { area: wish.area }) }, key)
      : await api.joinWaitlist(venue.venueId, { date, from: $('wait-from').value, to: $('wait-to').value, partySize, guest }, key);
    $('booking').close();
    done(kind, made, venue);
  } catch (refusal) {
    busy(false);
    if (refusal.name === 'slot-taken') showConflict(refusal.problem);
    else $('booking-error').textContent = refusal.message;
  }
}

function showConflict({ cause, mayFreeUpAt, alternatives = [] }) {
  wish.refused = true;
  const { time } = wish;
  const minutes = mayFreeUpAt && Math.max(1, Math.ceil((Date.parse(mayFreeUpAt) - Date.now()) / 60_000));
  const until = mayFreeUpAt && `If they do not, it is free again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
  const wait = element('button', { type: 'button', textContent: 'Join the waitlist', test: 'waitlist-open',
    onclick: () => document.dispatchEvent(new CustomEvent('waitlist')) });
  $('booking-news').replaceChildren(element('div', { className: 'notice warn', test: 'conflict' },
    element('h3', { textContent: `${time} is gone` }),
    element('p', { textContent: [CAUSES[cause] ?? 'It is not free any more.', until].filter(Boolean).join(' ') }),
    element('p', { textContent: alternatives.length ? 'Still free, one click books it:' : 'Nothing like it is free.' }),
    choices(alternatives), wait));
  $('confirm').textContent = 'Try again';
  $('booking-news').querySelector('button').focus();
}

function choices(offers) {
  return element('div', { className: 'choices' }, ...offers.map((offer) => {
    const day = offer.date === wish.date ? '' : offer.date === addDays(wish.date, 1) ? 'next day' : shortDate(offer.date);
    const details = [day, offer.area, offer.left === 1 ? 'last table' : offer.left && `${offer.left} tables`].filter(Boolean).join(', ');
    return element('button', { type: 'button', test: 'alternative', data: { date: offer.date, time: offer.time }, onclick: () => take(offer) },
      element('strong', { textContent: offer.time }), ' ', element('small', { textContent: details }));
  }));
}

/** One click: the alternative is booked for the same guest. */
function take({ date, time, area, startsAt }) {
  show({ ...wish, date, time, area, startsAt, gone: false, refused: false });
  send();
}

function busy(isBusy) {
  $('confirm').disabled = isBusy;
  $('book').setAttribute('aria-busy', isBusy);
}

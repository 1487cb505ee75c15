// The dialog in which a time is booked, or a place on the waitlist taken. It follows the day while it is open, and a wish until its
// outcome is known (wishes.js), also when the dialog has been left meanwhile.

import { bookable } from '/v1/live/client.js';
import { $, announce, element } from '../common/dom.js';
import { canSeat } from '../common/hours.js';
import { keep, owns } from './mine.js';
import { read, write } from '../common/storage.js';
import { addDays, clock, dateIn, guests, inReadersZone, longDate, shortDate } from '../common/times.js';
import * as wishes from './wishes.js';
import { has, listed, t } from '../common/words.js';

const NAME = 'lasttable.name';

let today; // the day that the page shows
let wish; // { kind: 'table' | 'waitlist', venue, date, time, partySize }, as shown; `key` once it has been sent

export function setUpBooking() {
  wishes.listen({ settled, refused, changed: showWhetherAsked });
  const known = read(NAME);
  $('name').value = typeof known === 'string' ? known : '';
  $('wait-from').onchange = () => {
    $('wait-to').selectedIndex = Math.max($('wait-to').selectedIndex, $('wait-from').selectedIndex);
  };
  $('back').onclick = () => $('booking').close();
  $('book').onsubmit = (event) => {
    event.preventDefault();
    send();
  };
  document.addEventListener('book-again', ({ detail }) => show(detail));
  $('booking').addEventListener('pointerdown', ({ target }) => target === $('booking') && $('booking').close());
  wishes.resume();
}

export function askForTable(venue, day, slot, partySize) {
  show({ kind: 'table', venue, date: day.date, time: slot.time, startsAt: slot.startsAt, partySize });
}

/** @param from and `to` times that are chosen already; all of the day's when absent */
export function askForWaitlist(venue, day, partySize, from, to = from) {
  const times = bookable(day).map((slot) => slot.time).filter((time) => canSeat(venue, day.date, time, partySize));
  const options = () => times.map((time) => element('option', { value: time, textContent: clock(time) }));
  $('wait-from').replaceChildren(...options());
  $('wait-to').replaceChildren(...options());
  $('wait-from').value = times.includes(from) ? from : times[0];
  $('wait-to').value = times.includes(to) ? to : times.at(-1);
  show({ kind: 'waitlist', venue, date: day.date, partySize });
}

function show(next) {
  const { kind, venue, date, time, startsAt, partySize } = (wish = { ...next, key: undefined });
  const there = startsAt && inReadersZone(venue.timeZone, startsAt);
  const begins = startsAt ? dateIn(venue.timeZone, startsAt) : date;
  const when = begins === date ? longDate(date) : t('nightTo', { date: longDate(begins) });
  const many = guests(partySize);
  $('booking-title').textContent = kind === 'table' ? listed(clock(time), many) : t('waitTitle', { guests: many });
  $('booking-where').textContent = [venue.city ? `${venue.name}, ${venue.city}` : venue.name, when, there && t('thereIs', { time: there })].filter(Boolean).join(' · ');
  $('booking-news').replaceChildren();
  $('booking-error').textContent = '';
  $('wait-between').hidden = kind !== 'waitlist';
  $('note-field').hidden = kind === 'waitlist';
  $('confirm').textContent = t(kind === 'table' ? 'book' : 'joinWaitlist');
  $('confirm').dataset.testid = kind === 'table' ? 'book-confirm' : 'waitlist-join';
  if (kind === 'table') wish.key = wishes.sameAs(wish)?.key;
  showWhetherAsked();
  if (!$('booking').open) $('booking').showModal();
  ($('name').value ? $('confirm') : $('name')).focus();
}

/** While a wish is open its outcome is waited for, with a word once that takes long; Back is always there. */
function showWhetherAsked() {
  if (!wish) return;
  const sent = wishes.open().find(({ key }) => key === wish.key);
  const isAsked = Boolean(sent?.asks);
  $('confirm').disabled = isAsked;
  $('book').setAttribute('aria-busy', isAsked);
  if (sent?.silent) $('booking-error').textContent = t(isAsked ? 'noAnswerYet' : 'openText');
}

/** The day has changed while the dialog is open. */
export function follow(day) {
  today = day;
  if (!$('booking').open || wish.kind !== 'table' || wish.venue.venueId !== day.venueId) return;
  const open = bookable(day).filter((slot) => slot.left[wish.partySize]);
  for (const choice of $('booking-news').querySelectorAll('.choices button')) {
    if (choice.dataset.date === day.date) choice.disabled = !open.some((slot) => slot.time === choice.dataset.time);
  }
  if (!wish.refused && !wish.key && wish.date === day.date) sayWhetherGone(day, open);
}

function sayWhetherGone(day, open) {
  const isGone = !open.some((slot) => slot.startsAt === wish.startsAt);
  if (isGone === Boolean(wish.gone) || isGone && owns(day.venueId, day.date, wish.time)) return;
  wish.gone = isGone;
  $('confirm').textContent = t(isGone ? 'tryAllTheSame' : 'book');
  const near = (slot) => Math.abs(Date.parse(slot.startsAt) - Date.parse(wish.startsAt));
  const offers = open.sort((a, b) => near(a) - near(b)).slice(0, 4).sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  $('booking-news').replaceChildren(...(isGone ? [element('div', { className: 'notice warn' },
    element('h3', { textContent: t('hasBeenTaken', { time: clock(wish.time) }) }),
    element('p', { textContent: t(offers.length ? 'oneClick' : 'nothingElse') }),
    choices(offers.map((slot) => ({ date: day.date, ...slot, left: slot.left[wish.partySize] }))))] : []));
}

function send() {
  $('name').value = $('name').value.trim(); // nothing but spaces is no name
  if (!$('book').reportValidity()) return;
  const { kind, date, time, partySize, area } = wish;
  const phone = $('phone').value.trim();
  const note = kind === 'table' && $('note').value.trim();
  const guest = { name: $('name').value, ...(phone && { phone }) };
  const what = kind === 'table' ? { date, time, partySize, ...(area && { area }) }
    : { date, from: $('wait-from').value, to: $('wait-to').value, partySize };
  write(NAME, guest.name);
  $('booking-error').textContent = $('not-granted').textContent = '';
  wish.key = wishes.send({ ...wish, ...what }, { ...what, guest, ...(note && { note }) });
  showWhetherAsked();
}

/** A wish has been granted, whether its dialog is still open or not. */
function settled({ kind, key, venue }, made) {
  const isHere = wish?.key === key && $('booking').open;
  if (isHere) {
    $('note').value = '';
    $('booking').close();
  }
  keep(kind, made, venue, isHere);
}

function refused({ key, body, unwanted }, refusal) {
  if (unwanted || !refusal) return;
  if (wish?.key !== key || !$('booking').open) { // the guest has gone back, and must not believe that it was granted
    $('not-granted').textContent = `${body.time ? `${clock(body.time)}: ` : ''}${refusal.message}`;
    return announce($('not-granted').textContent);
  }
  wish.key = undefined;
  showWhetherAsked();
  if (refusal.name === 'slot-taken') showConflict(refusal.problem);
  else $('booking-error').textContent = refusal.message;
}

function showConflict({ cause, mayFreeUpAt, alternatives = [], waitlist }) {
  wish.refused = true;
  const time = clock(wish.time);
  if (owns(wish.venue.venueId, wish.date, wish.time)) {
    return $('booking-news').replaceChildren(element('div', { className: 'notice', test: 'conflict' },
      element('h3', { textContent: t('isYours', { time }) }), element('p', { textContent: t('isYoursText') })));
  }
  const minutes = mayFreeUpAt && Math.max(1, Math.ceil((Date.parse(mayFreeUpAt) - Date.now()) / 60_000));
  const why = t(has(`cause-${cause}`) ? `cause-${cause}` : 'cause-other');
  const { venue, date, partySize } = wish;
  const { from, to } = waitlist ?? { from: wish.time, to: wish.time };
  const canWait = today?.venueId === venue.venueId && today.date === date;
  const wait = canWait ? [element('button', { type: 'button', textContent: t('joinWaitlist'), test: 'waitlist-open',
    onclick: () => askForWaitlist(venue, today, partySize, from, to) })] : [];
  $('booking-news').replaceChildren(element('div', { className: 'notice warn', test: 'conflict' },
    element('h3', { textContent: t('isGone', { time }) }),
    element('p', { textContent: [why, minutes && t('freeInMinutes', { n: minutes })].filter(Boolean).join(' ') }),
    element('p', { textContent: t(alternatives.length ? 'oneClick' : 'nothingLike') }),
    choices(alternatives), ...wait));
  $('confirm').textContent = t('tryAgain');
  ($('booking-news').querySelector('button') ?? $('confirm')).focus();
}

function choices(offers) {
  return element('div', { className: 'choices' }, ...offers.map((offer) => {
    const day = offer.date === wish.date ? '' : offer.date === addDays(wish.date, 1) ? t('nextDay') : shortDate(offer.date);
    const details = listed(day, offer.area, offer.left === 1 ? t('lastTable') : offer.left && t('tables', { n: offer.left }));
    return element('button', { type: 'button', test: 'alternative', data: { date: offer.date, time: offer.time }, onclick: () => take(offer) },
      element('strong', { textContent: clock(offer.time) }), ' ', element('small', { textContent: details }));
  }));
}

/** One click: the alternative is booked for the same guest. */
function take({ date, time, area, startsAt }) {
  show({ ...wish, date, time, area, startsAt, gone: false, refused: false });
  send();
}

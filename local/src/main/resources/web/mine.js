// What this device has booked or waits for, kept in local storage and watched live with each one's watch token.

import * as api from './api.js';
import { $, element, place } from './dom.js';
import { countdown, exactTime, guests, inReadersZone, shortDate, timeIn } from './times.js';

const KEPT = 'lasttable.mine';
const OVER = ['cancelled', 'expired', 'finished', 'no-show', 'declined', 'withdrawn', 'accepted'];
const MOST_KEPT = 20;

const items = new Map(); // id -> { kind, id, venueId, venueName, timeZone, watchToken, state, card, watch }
let live;

export function setUpMine(connection) {
  live = connection;
  for (const item of JSON.parse(localStorage.getItem(KEPT) ?? '[]')) {
    if (Date.parse(`${item.state.date}T23:59:59Z`) > Date.now() - 2 * 86_400_000) add(item);
  }
  draw();
  setInterval(tick, 1_000);
  setInterval(readWhatIsNotLive, 30_000);
  readWhatIsNotLive();
}

/** Where no private view can be had, such as behind a proxy that blocks sockets, the state is read now and then. */
function readWhatIsNotLive() {
  for (const item of items.values()) {
    if (item.watch && item.watch.state !== 'live') {
      api.mine(item).then((state) => update(item, state), () => {}); // the card says that it is not live
    }
  }
}

export function keep(kind, made, { venueId, name, timeZone }) {
  const { watchToken, guest, ...state } = made;
  add({ kind, id: made.id, venueId, venueName: name, timeZone, watchToken, state });
  draw();
  items.get(made.id).card.querySelector('h3').focus();
}

function add(item) {
  items.set(item.id, item);
  item.card = element('article', { className: 'card booking' });
  if (item.watchToken && !OVER.includes(item.state.status)) {
    item.watch = live.watchReservation(item.watchToken, {
      onvalue: (state) => update(item, state),
      onstate: () => draw(),
    });
  }
}

function update(item, state) {
  if (state.version < item.state.version) return;
  item.state = { ...item.state, ...state };
  if (state.status === 'offered') $('announce').textContent = `A table at ${state.offer.time} is offered to you.`;
  draw();
}

function drop(item) {
  item.watch?.stop();
  items.delete(item.id);
  draw();
}

function draw() {
  const all = [...items.values()].reverse();
  all.forEach((item) => (item.kind === 'waitlist' ? drawWaiting(item) : drawBooked(item)));
  place($('mine'), all.map((item) => item.card));
  $('none-yet').hidden = all.length > 0;
  const kept = [...items.values()].slice(-MOST_KEPT).map(({ card, watch, error, seen, ...rest }) => rest);
  localStorage.setItem(KEPT, JSON.stringify(kept));
}

const BOOKED = { confirmed: 'Yours at', held: 'Held for you at', seated: 'You are seated since', finished: 'It was a pleasure:',
  cancelled: 'Cancelled:', expired: 'Run out:', 'no-show': 'Missed:' };

function drawBooked(item) {
  const { state } = item;
  const tables = state.tables?.length ? `, table ${state.tables.join(' and ')}` : '';
  const moved = state.previous && `Moved from ${shortDate(state.previous.date)}, ${state.previous.time}.`;
  const mayCancel = ['held', 'confirmed'].includes(state.status);
  const actions = OVER.includes(state.status) ? [hide(item)]
    : mayCancel ? [action('Cancel it', 'cancel', item, () => api.cancel(item))] : [];
  fill(item, OVER.includes(state.status) ? state.status : 'booked', `${BOOKED[state.status] ?? state.status} ${state.time}`, [
    `${item.venueName}, ${shortDate(state.date)}, ${guests(state.partySize)}${tables}`, moved, there(item, state.startsAt)], actions);
}

function drawWaiting(item) {
  const { state } = item;
  const what = `${item.venueName}, ${shortDate(state.date)}, ${guests(state.partySize)}`;
  if (state.status === 'offered') {
    const left = element('strong', { className: 'countdown', data: { until: state.offer.expiresAt } });
    return fill(item, 'waitlist', `A table at ${state.offer.time} is free for you`, [what, there(item, state.offer.startsAt),
      element('p', {}, 'It is kept for you for ', left, '.')], [
      action('Take it', 'offer-accept', item, () => api.accept(item, `accept-${item.id}-${state.version}`), true),
      action('No, thank you', 'offer-decline', item, () => api.withdraw(item))]);
  }
  const titles = { waiting: `Waiting for ${state.from} to ${state.to}`, accepted: 'Taken', withdrawn: 'You have left the waitlist',
    declined: 'You have declined the offer', expired: 'The offer has run out' };
  return fill(item, 'waitlist', titles[state.status] ?? state.status, [what], OVER.includes(state.status)
    ? [hide(item)] : [action('Leave the waitlist', 'waitlist-leave', item, () => api.withdraw(item))]);
}

const there = (item, instant) => {
  const time = instant && inReadersZone(item.timeZone, instant);
  return time && `${time} where you are`;
};

/** Draws a card only when it differs, so that nobody's focus or reading is disturbed. */
function fill(item, test, title, lines, actions) {
  const sure = item.watch?.state;
  const stale = sure === 'stale' ? `Not live: as of ${exactTime(item.watch.since)}` : sure === 'live' ? 'Live' : '';
  const seen = JSON.stringify([test, title, lines.map(String), item.state.status, stale, item.error, item.state.version]);
  if (item.seen === seen) return;
  item.seen = seen;
  const focused = item.card.contains(document.activeElement) && (document.activeElement.dataset.testid ?? 'title');
  Object.assign(item.card.dataset, { testid: test, status: item.state.status });
  item.card.replaceChildren(
    element('h3', { textContent: title, tabIndex: -1, test: 'title' }),
    ...lines.filter(Boolean).map((line) => (typeof line === 'string' ? element('p', { textContent: line }) : line)),
    element('p', { className: 'error', role: 'alert', textContent: item.error ?? '' }),
    element('div', { className: 'buttons' }, element('small', { className: 'liveness', data: { state: sure ?? '' }, textContent: stale }), ...actions));
  if (focused) (item.card.querySelector(`[data-testid="${focused}"]`) ?? item.card.querySelector('h3')).focus();
  tick();
}

function action(text, test, item, run, isPrimary) {
  const button = element('button', { type: 'button', textContent: text, test, className: isPrimary ? 'primary' : '' });
  button.onclick = async () => {
    button.disabled = true;
    item.error = undefined;
    try {
      settle(item, await run());
    } catch (refusal) {
      item.error = refusal.message;
      if (refusal.name === 'hold-expired') item.state = { ...item.state, status: 'expired' };
    }
    button.disabled = false;
    draw();
    if (document.activeElement === document.body) item.card.querySelector('h3').focus();
  };
  return button;
}

/** The answer to an action: the entry itself, nothing, or the reservation that an accepted offer has become. */
function settle(item, answer) {
  if (item.kind === 'waitlist' && answer?.tables) {
    item.state = { ...item.state, status: 'accepted' };
    keep('table', answer, { venueId: item.venueId, name: item.venueName, timeZone: item.timeZone });
    drop(item);
  } else if (item.kind === 'waitlist') {
    item.state = { ...item.state, ...answer, status: answer?.status ?? 'withdrawn' };
  } else {
    const { watchToken, guest, ...state } = answer;
    item.state = { ...item.state, ...state };
  }
}

const hide = (item) => element('button', { type: 'button', textContent: 'Hide', test: 'hide', onclick: () => drop(item) });

function tick() {
  for (const left of document.querySelectorAll('.countdown')) {
    left.textContent = countdown(Date.parse(left.dataset.until) - Date.now());
  }
}

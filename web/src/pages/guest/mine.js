// What this device has booked or waits for, each kept under a key of its own, so that two tabs add to one list, and watched live with
// its watch token. Above them the wishes whose outcome is not known yet.

import * as calls from './calls.js';
import { actionButton, announce, element, focusedAround, place } from '../common/dom.js';
import { insistently } from '../common/http.js';
import { all, onOtherTabs, read, remove, write } from '../common/storage.js';
import { clock, countdown, exactTime, guests, inReadersZone, isDate, isTime, now, shortDate } from '../common/times.js';
import * as wishes from './wishes.js';
import { has, listed, t } from '../common/words.js';

const KEPT = 'lasttable.mine.';
const ONE_LIST = 'lasttable.mine'; // as it was kept before
const OVER = ['cancelled', 'expired', 'finished', 'no-show', 'declined', 'withdrawn', 'accepted'];
const MOST_KEPT = 20;
const KEEP_PAST = 2 * 86_400_000;

const items = new Map(); // id -> { kind, id, venueId, venueName, timeZone, watchToken, state, at, card, watch }
const cards = new Map(); // key of an open wish -> its card
let live;
let places; // where it is shown

/**
 * Called again where it is to be shown elsewhere.
 *
 * @param shownIn `list` of the cards, `none` is shown while there is none, `notKept` while storage keeps nothing; `change(item)` gives
 *     what moves it, where it can be moved
 * @return whether it is the first time
 */
export function setUpMine(connection, shownIn) {
  places = shownIn;
  if (live) {
    draw();
    return false;
  }
  live = connection;
  const before = read(ONE_LIST);
  if (Array.isArray(before)) before.filter(isWhole).forEach((item) => write(KEPT + item.id, { at: 0, ...item }));
  remove(ONE_LIST);
  for (const item of all(KEPT).filter(isWhole)) {
    if (Date.parse(`${item.state.date}T23:59:59Z`) > now() - KEEP_PAST) addBared(item);
    else remove(KEPT + item.id);
  }
  onOtherTabs(KEPT, (key, item) => {
    if (item === undefined) forget(key.slice(KEPT.length));
    else if (isWhole(item)) fromOtherTab(item);
  });
  wishes.listen({ changed: draw });
  draw();
  setInterval(tick, 1_000);
  setInterval(readWhatIsNotLive, 30_000);
  readWhatIsNotLive();
  return true;
}

/** What an older version has kept of the guest goes from the device too. */
function addBared(item) {
  const bared = { ...item, state: bare(item.state) };
  if (item.state.guest || item.state.note) write(KEPT + item.id, bared);
  add(bared);
}

/** Without what is told to nobody who finds the device: it is the restaurant's to know. */
const bare = ({ guest, note, metadata, externalId, watchToken, manageToken, ...state }) => state;

/** What other pages of this address, older versions or people leave in storage is passed over, not stumbled over. */
function isWhole(item) {
  const { id, venueId, timeZone, state = {} } = item ?? {};
  const times = item?.kind === 'waitlist' ? [state.from, state.to] : [state.time];
  return [id, venueId, timeZone, state.status].every((each) => typeof each === 'string') && isDate(state.date) && times.every(isTime);
}

/** Whether this device has a table there at that time. */
export function owns(venueId, date, time) {
  return [...items.values()].some(({ kind, venueId: at, state }) =>
    kind === 'table' && at === venueId && state.date === date && state.time === time && !OVER.includes(state.status));
}

/** Where no private view can be had, such as behind a proxy that blocks sockets, the state is read now and then; as is a place in line, of which nobody tells. */
function readWhatIsNotLive() {
  for (const item of items.values()) {
    if (item.watch && (item.watch.state !== 'live' || item.state.position > 1)) {
      calls.mine(item).then((state) => update(item, state), () => {}); // the card says that it is not live
    }
  }
}

/** Keeps what has been booked or joined, and says so. */
export function keep(kind, made, { venueId, name, timeZone }, isFocused = true) {
  const { watchToken, manageToken } = made;
  const state = bare(made);
  const item = { kind, id: made.id, venueId, venueName: name, timeZone, watchToken, manageToken, state, at: Date.now() };
  const known = items.get(item.id);
  if (!known) add(item);
  else {
    known.manageToken = manageToken ?? known.manageToken; // such as by a link that came later
    update(known, state);
  }
  store(items.get(item.id));
  draw();
  const title = items.get(made.id).card.querySelector('h3');
  if (isFocused) title.focus();
  else announce(title.textContent);
  document.dispatchEvent(new CustomEvent('mine'));
}

function store({ card, watch, error, seen, guest, ...item }) {
  const isKept = write(KEPT + item.id, item);
  places.notKept.hidden = isKept;
  const spare = all(KEPT).filter(isWhole).slice(0, -MOST_KEPT).filter(({ state }) => OVER.includes(state.status));
  for (const { id } of spare) remove(KEPT + id);
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

function fromOtherTab(item) {
  const mine = items.get(item.id);
  if (mine) {
    mine.acceptKey ??= item.acceptKey; // or what is stored next would forget what is unanswered there
    update(mine, item.state, true);
  } else {
    add(item);
    draw();
  }
}

function update(item, news, isStored = false) {
  const state = bare(news);
  if (items.get(item.id) !== item || state.version < item.state.version) return; // hidden meanwhile, or older
  const before = item.state.status;
  item.state = { ...item.state, ...state };
  if (state.status === 'offered' && before !== 'offered') announce(t('offerSaid', { time: clock(state.offer.time) }));
  if (!isStored) store(item);
  draw();
  if (before !== item.state.status) document.dispatchEvent(new CustomEvent('mine'));
}

function drop(item) {
  remove(KEPT + item.id);
  forget(item.id);
}

function forget(id) {
  items.get(id)?.watch?.stop();
  items.delete(id);
  draw();
}

function draw() {
  const open = wishes.open().filter(({ silent, unwanted, asks }) => silent || unwanted || !asks);
  for (const key of cards.keys()) if (!open.some((wish) => wish.key === key)) cards.delete(key);
  const newestFirst = [...items.values()].sort((a, b) => b.at - a.at);
  newestFirst.forEach((item) => (item.kind === 'waitlist' ? drawWaiting(item) : drawBooked(item)));
  place(places.list, [...open.map(drawOpen), ...newestFirst.map((item) => item.card)]);
  places.none.hidden = places.list.children.length > 0;
}

/** A wish whose answer was lost: it is asked about, or may be. */
function drawOpen(wish) {
  if (!cards.has(wish.key)) cards.set(wish.key, { card: element('article', { className: 'card booking', test: 'asking', data: { status: 'held' } }) });
  const item = cards.get(wish.key);
  const { date, time, from, to, partySize } = wish.body;
  const text = wish.unwanted ? t('givingUp') : t(wish.asks ? 'askingText' : 'openText');
  const actions = [
    ...(wish.asks ? [] : [actionButton({ textContent: t('ask'), test: 'asking-ask', className: 'primary' }, () => wishes.askAgain(wish.key))]),
    ...(wish.unwanted ? [] : [actionButton({ textContent: t('unwanted'), test: 'asking-give-up' }, () => wishes.giveUp(wish.key))])];
  fill({ ...item, state: { status: 'held' } }, item, 'asking', t('askingTitle', { time: time ? clock(time) : between(from, to) }),
    [listed(wish.venue.name, shortDate(date), guests(partySize)), text], actions);
  return item.card;
}

const between = (from, to) => (from === to ? clock(from) : `${clock(from)} – ${clock(to)}`);

function drawBooked(item) {
  const { state } = item;
  const tables = state.tables?.length ? t('tableNames', { tables: state.tables.join(' + ') }) : '';
  const moved = state.previous?.date && t('movedFrom', { date: shortDate(state.previous.date), time: clock(state.previous.time) });
  const mayCancel = ['held', 'confirmed'].includes(state.status);
  const actions = OVER.includes(state.status) ? [...(state.status === 'cancelled' ? [bookAgain(item)] : []), hide(item)]
    : mayCancel ? [...ownActions(item), action(t('cancelIt'), 'cancel', item, () => calls.cancel(item))] : [];
  const title = has(`booked-${state.status}`) ? t(`booked-${state.status}`, { time: clock(state.time) }) : `${state.status} ${clock(state.time)}`;
  fill(item, item, OVER.includes(state.status) ? state.status : 'booked', title, [
    listed(item.venueName, shortDate(state.date), guests(state.partySize), tables), moved, there(item, state.startsAt)], actions);
}

/** What the link to one's own booking opens besides. */
function ownActions(item) {
  if (!item.manageToken || item.state.status !== 'confirmed') return [];
  const change = places.change?.(item);
  return [
    actionButton({ textContent: t('addToCalendar'), test: 'calendar' }, () => openCalendar(item)),
    ...(change ? [actionButton({ textContent: t('change'), test: 'change' }, change)] : [])];
}

async function openCalendar(item) {
  try {
    location.assign(await calls.calendarFile(item));
  } catch (refusal) {
    item.error = refusal.message;
    draw();
  }
}

function drawWaiting(item) {
  const { state } = item;
  const what = listed(item.venueName, shortDate(state.date), guests(state.partySize));
  if (state.status === 'offered') {
    const left = element('strong', { className: 'countdown', data: { until: state.offer.expiresAt } });
    return fill(item, item, 'waitlist', t('offerTitle', { time: clock(state.offer.time) }), [what, there(item, state.offer.startsAt),
      element('p', {}, `${t('keptFor')} `, left)], [
      action(t('takeIt'), 'offer-accept', item, () => accept(item), true),
      action(t('noThanks'), 'offer-decline', item, () => calls.withdraw(item))]);
  }
  const waiting = t(state.from === state.to ? 'waitingForOne' : 'waitingFor', { from: clock(state.from), to: clock(state.to) });
  const title = has(`waiting-${state.status}`) ? t(`waiting-${state.status}`) : waiting;
  const place = state.status === 'waiting' && state.position && t('position', { n: state.position });
  const isUnanswered = state.status === 'accepted' && item.acceptKey; // what it has become is still to be heard
  return fill(item, item, 'waitlist', title, [what, place], OVER.includes(state.status)
    ? [...(isUnanswered ? [action(t('ask'), 'offer-accept', item, () => accept(item), true)] : []), hide(item)] : [action(t('leaveWaitlist'), 'waitlist-leave', item, () => calls.withdraw(item))]);
}

/** The answer is the reservation, so it is asked for with the same key until it is heard. */
function accept(item) {
  item.acceptKey ??= `accept-${item.id}-${item.state.version}`;
  store(item);
  return insistently(() => calls.accept(item, item.acceptKey));
}

const there = (item, instant) => {
  const time = instant && inReadersZone(item.timeZone, instant);
  return time && t('thereIs', { time });
};

/** Draws a card only when it differs, so that nobody's focus or reading is disturbed. */
function fill({ card, watch, state, error }, memory, test, title, lines, actions) {
  const sure = watch?.state;
  const stale = sure === 'live' ? t('live') : sure === 'stale' ? t('asOf', { time: exactTime(watch.since) }) : '';
  const seen = JSON.stringify([test, title, lines.map(String), state.status, stale, error, state.version, actions.map(({ textContent }) => textContent)]);
  if (memory.seen === seen) return;
  memory.seen = seen;
  const focused = card.contains(focusedAround(card)) && (focusedAround(card).dataset.testid ?? 'title');
  Object.assign(card.dataset, { testid: test, status: state.status });
  card.replaceChildren(
    element('h3', { textContent: title, tabIndex: -1, test: 'title' }),
    ...lines.filter(Boolean).map((line) => (typeof line === 'string' ? element('p', { textContent: line }) : line)),
    element('p', { className: 'error', role: 'alert', textContent: error ?? '' }),
    element('div', { className: 'buttons' }, element('small', { className: 'liveness', data: { state: sure ?? '' }, textContent: stale }), ...actions));
  if (focused) (card.querySelector(`[data-testid="${focused}"]`) ?? card.querySelector('h3')).focus();
  tick();
}

function action(text, test, item, run, isPrimary) {
  return actionButton({ textContent: text, test, className: isPrimary ? 'primary' : '' }, async () => {
    item.error = undefined;
    try {
      settle(item, await run());
    } catch (refusal) {
      await explain(item, refusal);
    }
    draw();
    if (focusedAround(item.card) === document.body) item.card.querySelector('h3').focus();
  });
}

/** An answer that was lost may have had its effect all the same: what has become of it is read before anything is said. */
async function explain(item, refusal) {
  const before = item.state.version;
  if (refusal.name === 'hold-expired') item.state = { ...item.state, status: 'expired' };
  else if (refusal.isOpen || refusal.name === 'illegal-transition') await calls.mine(item).then((state) => update(item, state), () => {});
  if (item.state.version === before) item.error = refusal.message;
}

/** The answer to an action: the entry itself, nothing, or the reservation that an accepted offer has become. */
function settle(item, answer) {
  if (item.kind === 'waitlist' && answer?.tables) {
    keep('table', answer, { venueId: item.venueId, name: item.venueName, timeZone: item.timeZone });
    drop(item);
  } else {
    update(item, { status: 'withdrawn', ...answer });
  }
}

/** A finger slips: one click asks for the same again, while it is free. */
function bookAgain(item) {
  const { date, time, partySize } = item.state;
  return actionButton({ textContent: t('bookAgain'), test: 'book-again' }, () => {
    const venue = { venueId: item.venueId, name: item.venueName, timeZone: item.timeZone };
    document.dispatchEvent(new CustomEvent('book-again', { detail: { kind: 'table', venue, date, time, partySize, startsAt: item.state.startsAt } }));
  });
}

const hide = (item) => actionButton({ textContent: t('hide'), test: 'hide' }, () => drop(item));

function tick() {
  for (const left of places.list.querySelectorAll('.countdown')) {
    left.textContent = countdown(Date.parse(left.dataset.until) - now());
  }
}

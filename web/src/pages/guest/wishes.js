// Wishes that have been sent and whose outcome is not known yet. One wish has one idempotency key, kept with the very body that was sent
// until an answer has come, over Back and reload: however often it is asked, a table is booked once.
//
// Asked again by itself for two minutes; later only when the guest says so, since a wish that never arrived would be booked then.
// After 23 hours it is forgotten, before the server forgets the key.

import * as calls from './calls.js';
import { all, onOtherTabs, randomName, read, remove, write } from '../common/storage.js';
import { isDate, isTime } from '../common/times.js';

const KEPT = 'lasttable.wish.';
const ASK_BY_ITSELF = 120_000;
const LATE = 20_000; // milliseconds after which an answer that another tab waits for is late
const FORGET = 23 * 3_600_000;
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000];

const ASK = { table: calls.book, confirm: calls.confirm, waitlist: calls.joinWaitlist };

const asking = new Map(); // key -> the wish, while a request for it is under way or will be
const listeners = [];

/**
 * @param listener `settled(wish, made)` when it has been granted, `refused(wish, refusal)` when not, `changed()` whenever the list of
 *     what is open differs
 */
export function listen(listener) {
  listeners.push(listener);
}

const tell = (what, ...about) => listeners.forEach((listener) => listener[what]?.(...about));

/** What is open, oldest first; `silent` once a try has had no answer, `asks` while it is asked by itself, here or, as it seems, in another tab. */
export function open() {
  return kept().map((wish) => asking.get(wish.key) ?? { ...wish, asks: Date.now() - wish.at < LATE });
}

const kept = () => all(KEPT).filter(({ key, kind, body, venue }) => typeof key === 'string' && kind && isDate(body?.date)
  && isTime(body.time ?? body.from) && typeof venue?.timeZone === 'string');

/** Whether an open wish of this device asks for that time. */
export function asksFor(venueId, date, time) {
  return [...asking.values()].some(({ kind, venue, body }) =>
    kind !== 'waitlist' && venue.venueId === venueId && body.date === date && body.time === time);
}

/** The open wish for the same thing, whoever's name it was sent with; where a hold is confirmed, for the same hold. */
export function sameAs(wish) {
  return open().find((each) => each.about === about(wish));
}

/** The open wish for a table there at that time, whichever hold it was to confirm. */
export function confirmationOf({ venueId }, { date, time, partySize, area }) {
  return open().find(({ kind, venue, body }) => kind === 'confirm' && venue.venueId === venueId && body.date === date && body.time === time
    && body.partySize === partySize && body.area === area);
}

const about = ({ kind, venue, venueId = venue.venueId, date, time, from, to, partySize, area, id }) =>
  JSON.stringify([kind, venueId, date, time, from, to, partySize, area].concat(id ?? []));

/** Sends a wish; one that is open already is asked about with its own key and body. The answer comes to the listeners. */
export function send(wish, body) {
  const { kind, venue } = wish;
  const sent = sameAs(wish) ?? { key: randomName(), about: about(wish), kind, body, at: Date.now(),
    venue: { venueId: venue.venueId, name: venue.name, city: venue.city, timeZone: venue.timeZone } };
  write(KEPT + sent.key, sent);
  ask({ ...sent, until: Date.now() + ASK_BY_ITSELF });
  return sent.key;
}

/** The guest wants it no more: it is asked about all the same, and given back when it turns out to be granted. */
export function giveUp(key) {
  const wish = asking.get(key) ?? unheard(key);
  if (!wish) return;
  wish.unwanted = true;
  write(KEPT + key, { ...wish, asks: undefined });
  ask({ ...wish, until: Date.now() + ASK_BY_ITSELF });
}

export function askAgain(key) {
  const wish = unheard(key);
  if (wish) ask({ ...wish, until: Date.now() + ASK_BY_ITSELF });
}

/** What has been sent before, and nobody has heard what became of it. */
const unheard = (key) => read(KEPT + key) && { ...read(KEPT + key), silent: true };

/** Goes on after a reload. */
export function resume() {
  for (const wish of kept()) {
    if (Date.now() - wish.at > FORGET) remove(KEPT + wish.key);
    else if (Date.now() - wish.at < ASK_BY_ITSELF) ask({ ...wish, silent: true, until: wish.at + ASK_BY_ITSELF });
  }
  onOtherTabs(KEPT, () => {
    tell('changed');
    setTimeout(() => tell('changed'), LATE);
  });
}

async function ask(wish) {
  if (asking.has(wish.key)) return;
  asking.set(wish.key, wish);
  wish.asks = true;
  tell('changed');
  for (let tried = 0; asking.has(wish.key); tried++) {
    try {
      const made = await ASK[wish.kind](wish.venue.venueId, wish.body, wish.key);
      return await granted(wish, made);
    } catch (refusal) {
      if (!refusal.isOpen && !(wish.silent && refusal.isUnheard)) return settle(wish, 'refused', refusal);
      wish.silent = true;
      wish.refusal = refusal;
    }
    if (Date.now() > wish.until) break;
    tell('changed');
    await new Promise((resolve) => setTimeout(resolve, PAUSES[Math.min(tried, PAUSES.length - 1)]));
  }
  wish.asks = false;
  asking.delete(wish.key);
  tell('changed');
}

async function granted(wish, made) {
  if (!wish.unwanted) return settle(wish, 'settled', made);
  try {
    await (wish.kind === 'waitlist' ? calls.withdraw : calls.cancel)({ venueId: wish.venue.venueId, id: made.id, manageToken: made.manageToken ?? wish.body.held?.manageToken });
    settle(wish, 'refused', undefined);
  } catch {
    settle(wish, 'settled', made); // its card says that it is theirs, and lets them give it back
  }
}

function settle(wish, outcome, result) {
  asking.delete(wish.key);
  remove(KEPT + wish.key);
  tell(outcome, wish, result);
  tell('changed');
}

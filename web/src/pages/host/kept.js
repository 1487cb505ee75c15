// The evening as this tab last knew it, so that a reload without a network goes on reading.
//
// It holds guests' names and numbers, on a tablet that may be everybody's. So it stands in the tab's own session, which ends with the tab; it belongs
// to who has signed in, and goes when somebody else does or they sign out; it is one evening only; and after half a day nobody reads it.

import { isSignedOut, lastOut } from './out.js';

const KEY = 'lasttable.evening';
const FOR = 12 * 3_600_000;

const SOON = 2_000; // nobody waits for it, and a full evening takes a moment to be written

let reader = '';
let hasEnded = false;
let due;

/**
 * @param subject who has signed in; of one whom the issuer does not name nothing is kept
 * @return whether it is they whose evening was kept
 */
export function belongsTo(subject) {
  reader = subject;
  if (!subject) end();
  const isTheirs = read()?.reader === subject;
  if (!isTheirs) forget();
  return isTheirs;
}

/** @param evening gives `{ venue, date, entries, lineIsWhole }` as it was `at` an instant; nothing while that is not known */
export function keepSoon(evening) {
  due ??= setTimeout(() => keepNow(evening), SOON);
}

export function keepNow(evening) {
  clearTimeout(due);
  due = undefined;
  const known = !hasEnded && evening();
  if (!known) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...known, reader }));
  } catch {
    forget(); // full or blocked: rather nothing than what is old
  }
}

/** That evening, if it is the one that is kept. */
export function kept(venueId, date) {
  const evening = read();
  const isIt = evening && (!venueId || evening.venue.venueId === venueId) && (!date || evening.date === date);
  return isIt && evening.at > Date.now() - FOR ? evening : undefined;
}

/** Who has signed out, or is not let in, leaves nothing, and nothing more is kept. */
export function end() {
  hasEnded = true;
  forget();
}

export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // nothing is kept there
  }
}

function read() {
  try {
    const evening = JSON.parse(sessionStorage.getItem(KEY)) ?? undefined;
    if (!isSignedOut() && !(evening?.at <= lastOut())) return evening;
  } catch {
    return undefined;
  }
  forget();
  return undefined;
}

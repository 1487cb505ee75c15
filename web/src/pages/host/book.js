// What is known of the day: the newest state of each reservation and of each who waits, whoever has told it.

import * as api from '../common/api.js';

const known = new Map();
let listener = {};

/** @param heard `changed()` when there is news, `failed(refusal)` when an entry could not be read */
export const listen = (heard) => { listener = heard; };

export const clear = () => known.clear();
export const newest = (id) => known.get(id);
export const has = (id) => known.has(id);

/** @param kind `reservation` or `waitlist` */
export const on = (venueId, date, kind) =>
  [...known.values()].filter((each) => each.venueId === venueId && each.date === date && each.kind === kind);

/** Keeps the higher version; personal data comes only with what staff's own token has read. Returns whether it is news. */
export function take(state) {
  const had = known.get(state.id);
  if (had && had.version >= state.version && (had.guest || !state.guest)) return false;
  if (had?.version > state.version) state = { ...had, guest: state.guest, note: state.note };
  known.set(state.id, { ...had, kind: 'reservation', ...state });
  return true;
}

/** As `take`, and draws. */
export function tell(state) {
  if (take(state)) listener.changed();
}

/** Reads an entry anew: for its guest's name, which changes do not carry, or when an answer about it was lost. */
export async function learn({ kind, venueId, id }) {
  try {
    tell({ kind, ...(await api.entry({ kind, venueId, id })) });
  } catch (refusal) {
    listener.failed(refusal);
  }
}

// The REST API as the pages and the widget use it.

import { get, send, withToken } from './http.js';

const MOST_VENUES = 1_000;

/** What there is to choose from; all else about a venue is in `venue`. */
export const venueNames = () => pages((query) => get(`/v1/venues?${query}`), { fields: 'summary' }, MOST_VENUES);

const details = new Map();
const earlier = new Map();

/** The whole venue, read once. */
export async function venue(venueId) {
  if (!details.has(venueId)) details.set(venueId, await get(`/v1/venues/${venueId}`));
  return details.get(venueId);
}

const VENUE_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** As `venue`; undefined where there is none. What comes by a link may be anything, and another address than a venue's. */
export const venueIfAny = async (venueId) => (VENUE_ID.test(venueId) ? venue(venueId).catch((refusal) => {
  if (refusal.status === 404) return undefined;
  throw refusal;
}) : undefined);

/** What there is to choose from, and among it the one that is asked for: the list may be too long to have it. */
export async function venuesWith(asked) {
  const names = await venueNames();
  const isMissing = asked && names.every(({ venueId }) => venueId !== asked);
  const found = isMissing ? await venueIfAny(asked) : undefined;
  return found ? [found, ...names] : names;
}

/** What has been kept of a venue from before; it is read anew all the same. */
export const know = (venue) => earlier.set(venue.venueId, venue);

/** The venue if it has been read. */
export const knownVenue = (venueId) => details.get(venueId) ?? earlier.get(venueId);

/** All of a list that comes in pages. */
async function pages(ask, query, most = Infinity) {
  const all = [];
  let cursor;
  do {
    const page = await ask(new URLSearchParams({ ...query, limit: 200, ...(cursor && { cursor }) }));
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor && all.length < most);
  return all;
}

export async function reservations(venueId, date) {
  return pages((query) => read(venueId, `/v1/venues/${venueId}/reservations?${query}`), { date });
}

/** Who waits on a day; undefined where the platform does not list them. */
export async function waiting(venueId, date) {
  try {
    return await pages((query) => read(venueId, `/v1/venues/${venueId}/waitlist?${query}`), { date });
  } catch (refusal) {
    if (refusal.isUnknownCall) return undefined;
    throw refusal;
  }
}

/** A reservation or waitlist entry with the guest's name, for staff. */
export const entry = ({ kind, venueId, id }) => read(venueId, `/v1/${kind === 'waitlist' ? 'waitlist' : 'reservations'}/${id}`);

export async function turn(venueId, id, step) {
  return write(venueId, 'POST', `/v1/reservations/${id}/${step}`);
}

/** A guest that the house takes in; `override` in the wish names limits that shall not bind it. @param key the same for every try of one wish */
export const take = (venueId, wish, key) => write(venueId, 'POST', `/v1/venues/${venueId}/reservations`, wish, key);

/** @param version that was seen */
export const change = (venueId, id, patch, version) => withToken(scopeOf(patch), venueId, (bearer) => send(`/v1/reservations/${id}`, {
  method: 'PATCH', headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': `"${version}"`, ...bearer }, body: JSON.stringify(patch) }));

/** Reservations of guests whose name or contact is like that, the newest first. */
export const guestsLike = async (venueId, q) =>
  (await read(venueId, `/v1/venues/${venueId}/reservations?${new URLSearchParams({ q, limit: 20 })}`)).items;

/** Takes the last step back, if `version` is still the newest. @param key the same for every try: a second restore would take back more */
export async function restore(venueId, id, version, key) {
  return write(venueId, 'POST', `/v1/reservations/${id}/restore`, undefined, key, { 'If-Match': `"${version}"` });
}

const read = (venueId, path) => withToken('reservations:read', venueId, (bearer) => get(path, bearer));

const scopeOf = (body) => (body?.override ? 'reservations:write reservations:override' : 'reservations:write');
const write = (venueId, method, path, body, ...more) => withScope(scopeOf(body), venueId, method, path, body, ...more);

export async function withScope(scope, venueId, method, path, body, key, more = {}) {
  const headers = { ...more };
  if (body) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  return withToken(scope, venueId, (bearer) =>
    send(path, { method, headers: { ...headers, ...bearer }, body: body && JSON.stringify(body) }));
}

// What a guest asks of the platform.

import { withScope } from '../common/api.js';
import { get, send } from '../common/http.js';

/** How many times are open on each day from one to another, both included. */
export const calendar = async (venueId, from, to, partySize) =>
  (await get(`/v1/venues/${venueId}/calendar?${new URLSearchParams({ from, to, partySize })}`)).days;

/** @param key the same for every try of one wish, so that it is booked once however often it is sent */
export const book = (venueId, wish, key) => asGuest(venueId, 'POST', `/v1/venues/${venueId}/reservations`, { channel: 'web', ...wish }, key);

/** Keeps a table for a while; one that is lost is answered with the nearest that could be kept instead. */
export const hold = (venueId, wish, key) =>
  asGuest(venueId, 'POST', `/v1/venues/${venueId}/holds`, { channel: 'web', holdAlternative: true, ...wish }, key);

/** @param held with its `watchToken`, which says that it is one's own */
export const confirm = (venueId, { held, guest }, key) =>
  asGuest(venueId, 'POST', `/v1/reservations/${held.id}/confirm`, { guest }, key, { 'Lasttable-Watch-Token': held.watchToken });

export const joinWaitlist = (venueId, wish, key) => asGuest(venueId, 'POST', `/v1/venues/${venueId}/waitlist`, wish, key);

/** @param keepalive whether it is to reach the platform though the page is left */
export const cancel = (item, keepalive = false) => asOwner(item, 'POST', `/v1/reservations/${item.id}/cancel`, undefined, keepalive);
export const accept = (item, key) => asOwner(item, 'POST', `/v1/waitlist/${item.id}/accept`, key);
export const withdraw = (item) => asOwner(item, 'DELETE', `/v1/waitlist/${item.id}`);

/** Changes one's own reservation, if `version` is still the newest. */
export const amend = ({ id, version, manageToken }, patch) => send(`/v1/reservations/${id}`, { method: 'PATCH', body: JSON.stringify(patch),
  headers: { 'Content-Type': 'application/merge-patch+json', 'If-Match': `"${version}"`, 'Lasttable-Manage-Token': manageToken } });

/** One's own reservation by the link to it. */
export const byLink = (id, manageToken) => get(`/v1/reservations/${id}`, { 'Lasttable-Manage-Token': manageToken });

/** Where one's own calendar reads of it: an address that changes nothing, since programs pass it on. */
export const calendarFile = async ({ id, manageToken }) => new URL((await byLink(id, manageToken)).calendarUrl, import.meta.url).href;

/** One's own reservation or waitlist entry, by its watch token alone. */
export const mine = ({ kind, id, watchToken }) =>
  get(`/v1/${kind === 'waitlist' ? 'waitlist' : 'reservations'}/${id}`, { 'Lasttable-Watch-Token': watchToken });

const asGuest = (venueId, ...request) => withScope('reservations:book', venueId, ...request);

/** By the capability that came with what is one's own; without one by a token that may change everybody's. */
function asOwner({ venueId, manageToken }, method, path, key, keepalive) {
  if (!manageToken) return withScope('reservations:write', venueId, method, path, undefined, key);
  return send(path, { method, keepalive, headers: { 'Lasttable-Manage-Token': manageToken, ...(key && { 'Idempotency-Key': key }) } });
}

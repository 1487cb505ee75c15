// The REST API as this page uses it. Tokens come from local's issuer: a real site asks its own backend to book.

import { has, t } from './words.js';

/** A refusal or failure, told in plain words; `problem` is the server's document where there was one. */
export class Refusal extends Error {
  constructor(message, { status = 0, problem = {} } = {}) {
    super(message);
    Object.assign(this, { status, problem, name: problem.type?.split('/').pop() ?? 'no-answer' });
  }

  /** What was asked for may have been done all the same: no answer came, or one that does not say. */
  get isOpen() {
    return this.status === 0 || this.status >= 500 || this.name === 'idempotency-key-in-use';
  }

  /** The platform does not know the call, as one of another version: what is missing is no entry. */
  get isUnknownCall() {
    return this.status === 405 || (this.status === 404 && !this.name.startsWith('unknown-'));
  }
}

const ANSWER_WITHIN = 20_000; // milliseconds: later than any answer that the platform promises
const tokens = new Map();

/** @param scope such as `reservations:write` */
export async function token(scope, venueId) {
  const key = `${scope} ${venueId}`;
  const known = tokens.get(key);
  if (known?.until > Date.now()) return known.value;
  const { access_token: value } = await get(`/local/token?${new URLSearchParams({ scope, venue_ids: venueId })}`);
  tokens.set(key, { value, until: Date.now() + 600_000 });
  return value;
}

const MOST_VENUES = 1_000;

/** What there is to choose from; all else about a venue is in `venue`. */
export const venueNames = () => pages((query) => get(`/v1/venues?${query}`), { fields: 'summary' }, MOST_VENUES);

const details = new Map();

/** The whole venue, read once. */
export async function venue(venueId) {
  if (!details.has(venueId)) details.set(venueId, await get(`/v1/venues/${venueId}`));
  return details.get(venueId);
}

/** The venue if it has been read. */
export const knownVenue = (venueId) => details.get(venueId);

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

/** @param key the same for every try of one wish, so that it is booked once however often it is sent */
export async function book(venueId, wish, key) {
  return write(venueId, 'POST', `/v1/venues/${venueId}/reservations`, { channel: 'web', ...wish }, key);
}

export async function joinWaitlist(venueId, wish, key) {
  return write(venueId, 'POST', `/v1/venues/${venueId}/waitlist`, wish, key);
}

export const cancel = ({ venueId, id }) => write(venueId, 'POST', `/v1/reservations/${id}/cancel`);
export const accept = ({ venueId, id }, key) => write(venueId, 'POST', `/v1/waitlist/${id}/accept`, undefined, key);
export const withdraw = ({ venueId, id }) => write(venueId, 'DELETE', `/v1/waitlist/${id}`);

/** One's own reservation or waitlist entry, by its watch token alone. */
export const mine = ({ kind, id, watchToken }) =>
  get(`/v1/${kind === 'waitlist' ? 'waitlist' : 'reservations'}/${id}`, { 'Lasttable-Watch-Token': watchToken });

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

/** Takes the last step back, if `version` is still the newest. @param key the same for every try: a second restore would take back more */
export async function restore(venueId, id, version, key) {
  return write(venueId, 'POST', `/v1/reservations/${id}/restore`, undefined, key, { 'If-Match': `"${version}"` });
}

const get = (path, headers = {}) => send(path, { headers });
const read = (venueId, path) => withToken('reservations:read', venueId, (bearer) => get(path, bearer));

async function write(venueId, method, path, body, key, more = {}) {
  const headers = { ...more };
  if (body) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  return withToken('reservations:write', venueId, (bearer) =>
    send(path, { method, headers: { ...headers, ...bearer }, body: body && JSON.stringify(body) }));
}

/** A token that is refused, as after the issuer has changed its key, is got anew once. */
async function withToken(scope, venueId, ask) {
  const bearer = async () => ({ Authorization: `Bearer ${await token(scope, venueId)}` });
  try {
    return await ask(await bearer());
  } catch (refusal) {
    if (refusal.status !== 401) throw refusal;
    tokens.clear();
    return ask(await bearer());
  }
}

async function send(path, request) {
  let response;
  let body;
  try {
    response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN), ...request });
    const text = await response.text();
    body = text && /json/.test(response.headers.get('Content-Type')) ? JSON.parse(text) : {};
  } catch {
    throw new Refusal(t('no-answer'));
  }
  if (response.ok) return body;
  throw new Refusal(inWords(response, body), { status: response.status, problem: body });
}

function inWords(response, { type = '', reason, detail, errors = [] }) {
  const wait = Number(response.headers.get('Retry-After'));
  const later = wait ? t('laterSeconds', { n: wait }) : t('later');
  const name = type.split('/').pop();
  if (name === 'not-bookable') return has(`reason-${reason}`) ? t(`reason-${reason}`) : detail;
  if (name === 'validation-error') return errors.map((each) => `${each.pointer.slice(1)} ${each.detail}`).join('; ') || detail;
  if (name === 'rate-limited') return `${t('tooMuch')} ${later}`;
  if (name === 'hold-expired') return t('hold-expired');
  if (response.status === 404) return t('gone');
  if (response.status === 401 || response.status === 403) return t('mayNot');
  if (response.status >= 500) return `${t('busySystem')} ${later}`;
  return detail ?? `${t('didNotWork', { status: response.status })} ${later}`;
}

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

export async function venues() {
  const all = [];
  let cursor;
  do {
    const page = await get(`/v1/venues?${new URLSearchParams({ limit: 200, ...(cursor && { cursor }) })}`);
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor && all.length < 1_000);
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
  const all = [];
  let cursor;
  do {
    const query = new URLSearchParams({ date, limit: 200, ...(cursor && { cursor }) });
    const page = await read(venueId, `/v1/venues/${venueId}/reservations?${query}`);
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return all;
}

/** With the guest's name, for staff. */
export async function reservation(venueId, id) {
  return read(venueId, `/v1/reservations/${id}`);
}

export async function turn(venueId, id, step) {
  return write(venueId, 'POST', `/v1/reservations/${id}/${step}`);
}

const get = (path, headers = {}) => send(path, { headers });
const read = (venueId, path) => withToken('reservations:read', venueId, (bearer) => get(path, bearer));

async function write(venueId, method, path, body, key) {
  const headers = {};
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

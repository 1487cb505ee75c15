// The REST API as this page uses it. Tokens come from local's issuer: a real site asks its own backend to book.

/** A refusal or failure, told in plain words; `problem` is the server's document where there was one. */
export class Refusal extends Error {
  constructor(message, { status = 0, problem = {} } = {}) {
    super(message);
    Object.assign(this, { status, problem, name: problem.type?.split('/').pop() ?? 'no-answer' });
  }
}

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
  const headers = { Authorization: `Bearer ${await token('reservations:read', venueId)}` };
  const all = [];
  let cursor;
  do {
    const query = new URLSearchParams({ date, limit: 200, ...(cursor && { cursor }) });
    const page = await get(`/v1/venues/${venueId}/reservations?${query}`, headers);
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return all;
}

/** With the guest's name, for staff. */
export async function reservation(venueId, id) {
  return get(`/v1/reservations/${id}`, { Authorization: `Bearer ${await token('reservations:read', venueId)}` });
}

export async function turn(venueId, id, step) {
  return write(venueId, 'POST', `/v1/reservations/${id}/${step}`);
}

const get = (path, headers = {}) => send(path, { headers });

async function write(venueId, method, path, body, key) {
  const headers = { Authorization: `Bearer ${await token('reservations:write', venueId)}` };
  if (body) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  return send(path, { method, headers, body: body && JSON.stringify(body) });
}

async function send(path, request) {
  let response;
  let body;
  try {
    response = await fetch(path, { cache: 'no-store', ...request });
    const text = await response.text();
    body = text && /json/.test(response.headers.get('Content-Type')) ? JSON.parse(text) : {};
  } catch {
    throw new Refusal('No answer came. Check your connection and try again: nothing is booked twice.');
  }
  if (response.ok) return body;
  throw new Refusal(inWords(response, body), { status: response.status, problem: body });
}

const REASONS = {
  closed: 'The restaurant is closed then. Choose another date.',
  'outside-booking-window': 'It cannot be booked that early or that late. Choose another time.',
  'party-too-large': 'No table is large enough for so many. Call the restaurant, or book two tables.',
  'no-such-slot': 'That time is not offered any more. Choose another.',
  'no-such-local-time': 'That time does not exist: the clocks change then. Choose another.',
};

function inWords(response, { type = '', reason, detail, errors = [] }) {
  const wait = Number(response.headers.get('Retry-After'));
  const later = wait ? `Try again in ${wait} ${wait === 1 ? 'second' : 'seconds'}.` : 'Try again in a moment.';
  const name = type.split('/').pop();
  if (name === 'not-bookable') return REASONS[reason] ?? detail;
  if (name === 'validation-error') return errors.map((each) => `${each.pointer.slice(1)} ${each.detail}`).join('; ') || detail;
  if (name === 'rate-limited') return `That was too much at once. ${later}`;
  if (name === 'hold-expired') return 'The offer has run out and the table has gone to somebody else.';
  if (response.status === 404) return 'There is no such entry any more. Reload the page.';
  if (response.status === 401 || response.status === 403) return 'You may not do this here. Reload the page and try again.';
  if (response.status >= 500) return `The restaurant's system is busy. ${later}`;
  return detail ?? `It did not work (${response.status}). ${later}`;
}

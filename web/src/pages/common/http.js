// Requests to the platform, at the address that this module comes from, and the tokens that go with them.

import { settings } from './settings.js';
import { has, spokenLanguage, t } from './words.js';

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

  /** Who asks, or how often, stood in the way: what was asked for was not looked at, so of an earlier try it says nothing. */
  get isUnheard() {
    return [401, 403, 429].includes(this.status) || this.name === 'unknown-publishable-key';
  }

  /** The platform does not know the call, as one of another version: what is missing is no entry. */
  get isUnknownCall() {
    return this.status === 405 || (this.status === 404 && !this.name.startsWith('unknown-'));
  }
}

const ANSWER_WITHIN = 20_000; // milliseconds: later than any answer that the platform promises
const FRESH = 30_000; // milliseconds that a token is still good for when it is used again
const tokens = new Map();
const onTheWay = new Map(); // those who ask at the same time are given the same
const keys = new Map(); // venueId -> the publishable key that is exchanged for tokens, that of the widget which was last in somebody's hand
let signedIn;

/** Guests' calls for that venue are made with a publishable key; without one as they are where there are none. */
export const useKey = (venueId, key) => (key ? keys.set(venueId, key) : keys.delete(venueId));

/** Staff's calls are made with what signing in has given. @param source gives `{ value, until }`, or throws */
export const useSignIn = (source) => { signedIn = source; };

/** @param scope such as `reservations:write` */
export async function token(scope, venueId) {
  const key = keys.get(venueId);
  const source = key ? () => exchange(key) : signedIn ?? (() => handedOut(scope, venueId));
  const name = key ? `key ${key}` : signedIn ? 'signed in' : `${scope} ${venueId}`;
  const known = tokens.get(name);
  if (known?.until > Date.now() + FRESH) return known.value;
  if (!onTheWay.has(name)) onTheWay.set(name, source().finally(() => onTheWay.delete(name)));
  const made = await onTheWay.get(name);
  tokens.set(name, made);
  return made.value;
}

async function exchange(key) {
  const made = await send(`/v1/publishable-keys/${encodeURIComponent(key)}/tokens`, { method: 'POST' });
  return { value: made.access_token, until: Date.now() + made.expires_in * 1000 };
}

/** Only a platform on one's own machine has such an address. */
async function handedOut(scope, venueId) {
  const { tokens: address } = await settings().catch(() => { throw new Refusal(t('no-answer')); });
  if (!address) throw new Refusal(t('noKey'), { status: 401 });
  const made = await get(`${address}?${new URLSearchParams({ scope, venue_ids: venueId })}`);
  return { value: made.access_token, until: Date.now() + 600_000 };
}

export const get = (path, headers = {}) => send(path, { headers });

/** A token that is refused, as after the issuer has changed its key, is got anew once. */
export async function withToken(scope, venueId, ask) {
  const bearer = async () => ({ Authorization: `Bearer ${await token(scope, venueId)}` });
  const first = await bearer();
  try {
    return await ask(first);
  } catch (refusal) {
    if (refusal.status !== 401) throw refusal;
    tokens.clear();
    return ask(await bearer());
  }
}

export async function send(path, request, seen = () => {}) {
  let response;
  let body;
  try {
    response = await fetch(new URL(path, import.meta.url).href, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN), ...request,
      headers: { 'Accept-Language': spokenLanguage(), ...request?.headers } });
    const text = await response.text();
    const isOurs = /json/.test(response.headers.get('Content-Type'));
    const isWish = request?.method !== undefined && request.method !== 'GET';
    if ((response.ok || isWish) && text && !isOurs) throw new TypeError('Somebody else has answered'); // such as the page of a hotel's network
    body = text && isOurs ? JSON.parse(text) : {};
  } catch {
    throw new Refusal(t('no-answer'));
  }
  seen(response);
  if (response.ok) return body;
  throw new Refusal(inWords(response, body), { status: response.status, problem: body });
}

/** Asks again while no answer comes, a few times: for what does no harm when it is asked twice. */
export async function insistently(ask, tries = 4) {
  for (let tried = 1; ; tried++) {
    try {
      return await ask();
    } catch (refusal) {
      if (!refusal.isOpen || tried === tries) throw refusal;
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000 * tried));
  }
}

function inWords(response, { type = '', reason, detail, errors = [], phone }) {
  const wait = Number(response.headers.get('Retry-After'));
  const later = wait ? t('laterSeconds', { n: wait }) : t('later');
  const name = type.split('/').pop();
  if (name === 'not-bookable') return has(`reason-${reason}`) ? t(`reason-${reason}`) : detail;
  if (name === 'validation-error') return errors.map(({ pointer, detail: why }) => (has(`invalid-${pointer}`) ? t(`invalid-${pointer}`) : `${pointer.slice(1)} ${why}`)).join('; ') || detail;
  if (name === 'rate-limited') return `${t('tooMuch')} ${later}`;
  if (name === 'hold-expired') return t('hold-expired');
  if (name === 'past-cutoff') return `${t('pastCutoff')} ${phone ? t('callUs', { phone }) : t('callThem')}`;
  if (has(`problem-${name}`)) return t(`problem-${name}`);
  if (response.status === 404) return t('gone');
  if (response.status === 401 || response.status === 403) return t('mayNot');
  if (response.status >= 500) return `${t('busySystem')} ${later}`;
  return detail ?? `${t('didNotWork', { status: response.status })} ${later}`;
}

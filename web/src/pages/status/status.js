// Whether the platform serves, as this browser sees it: each part is asked what any page asks it.

import { connect } from '/v1/live/client.js';
import { $, announce, element, place } from '../common/dom.js';
import { dateIn, exactTime, hearTime, now } from '../common/times.js';
import { alsoSay, speak, t } from '../common/words.js';
import phrases from './words/en.js';

alsoSay('status', phrases);

const EVERY = 5_000;
const WITHIN = 4_000;
const LAGGING = 5_000; // milliseconds, from which the read side calls its own answers stale

const seen = new Map(); // part -> { state: 'live' | 'delayed' | 'offline', text }
const cards = new Map();
const live = connect();
live.onstate = show;
let watch; // one day, so that the socket has something to bring

/** Asks once, and tells what came and how long it took. */
async function ask(part, path, say) {
  const began = performance.now();
  const askedAt = Date.now();
  try {
    const answer = await fetch(new URL(path, import.meta.url), { cache: 'no-store', signal: AbortSignal.timeout(WITHIN) });
    const took = Math.round(performance.now() - began);
    hearTime(answer, askedAt);
    if (answer.status >= 500) throw new Error(String(answer.status));
    note(part, say(answer, took));
    return answer;
  } catch {
    note(part, { state: 'offline', text: t('doesNotAnswer') });
    return undefined;
  }
}

const inTime = (answer, ms) => ({ state: 'live', text: t('answersIn', { ms }) });

function reads(answer, ms) {
  const lag = Number(answer.headers.get('Lasttable-Projection-Lag-Ms') ?? Infinity);
  return lag < LAGGING ? inTime(answer, ms) : { state: 'delayed', text: t('lagsBy', { s: Number.isFinite(lag) ? Math.round(lag / 1_000) : '?' }) };
}

function note(part, said) {
  const before = seen.get(part);
  seen.set(part, said);
  if (before && before.state !== said.state) announce(`${t(`part-${part}`)}: ${said.text}`);
  show();
}

function show() {
  seen.set('live', { state: live.state, text: t(live.state === 'offline' ? 'stale' : live.state) });
  place($('parts'), ['bookings', 'reads', 'live'].map(card));
  const worst = ['offline', 'delayed', 'connecting'].find((state) => [...seen.values()].some((each) => each.state === state)) ?? 'live';
  $('connection').dataset.state = worst === 'delayed' ? 'connecting' : worst;
  $('connection').textContent = t({ live: 'allServes', delayed: 'delayed', connecting: 'connecting', offline: 'notAll' }[worst]);
}

function card(part) {
  const { state = 'connecting', text = t('looking') } = seen.get(part) ?? {};
  if (!cards.has(part)) cards.set(part, element('li', { className: 'card', test: `part-${part}` }, element('h2'), element('p')));
  const made = cards.get(part);
  made.dataset.state = state;
  made.firstChild.textContent = t(`part-${part}`);
  made.lastChild.textContent = text;
  return made;
}

/** A browser may be older than a zone; another date does as well here. */
function todayIn(zone) {
  try {
    return dateIn(zone);
  } catch {
    return dateIn('UTC');
  }
}

async function look() {
  const venues = await ask('bookings', '/v1/venues?fields=summary&limit=1', inTime);
  const { items = [] } = venues?.ok ? await venues.json() : {};
  const { venueId: venue, timeZone } = items[0] ?? { venueId: 'none', timeZone: 'UTC' };
  const today = todayIn(timeZone);
  if (items[0]) watch ??= live.watchDay(venue, today, { onvalue() {}, onerror() {} });
  await ask('reads', `/v1/venues/${venue}/calendar?${new URLSearchParams({ from: today, to: today, partySize: 2 })}`, reads);
  $('message').textContent = t('asOf', { time: exactTime(now()) }).replace(/^.*: /, '');
}

await speak();
document.title = `${t('status')} · Lasttable`;
for (;;) {
  await look().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, EVERY));
}

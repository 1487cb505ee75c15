// What clients of a release see: watchers of one day, by the project's own live client, somebody who books and cancels on that
// day twice a second, and readers. Each line on standard input ends a phase; its row comes on standard output, as JSON, once
// nothing of it is outstanding. The first line waits until every watcher is live. Bounded: ends with its input, or after SECONDS (1800).
//
//   TOKEN=... node clients.mjs <base> <venue> <date> <watchers> <requests a second>
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { connect } from '../../../live-client/src/index.js';

const require = createRequire(new URL('../../../live-client/package.json', import.meta.url));
const { WebSocket } = require('ws');
const [base, venue, date, watchers, rate] = process.argv.slice(2).map((each) => (/^\d+$/.test(each) ? Number(each) : each));
const { TOKEN: token, SECONDS: seconds = 1800 } = process.env;
const BOOKING_MS = 500;
const SETTLED_MS = 60_000;
const ATTEMPTS = 60;
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

const fresh = () => ({ began: Date.now(), requests: 0, failures: {}, answers: [], repeats: 0, changes: 0, lags: [], spans: [], closed: {} });
let phase = fresh();
/** Changes that were answered, oldest first: each watcher has to see a version at least as high. */
const changes = [];
const watching = [];

class Counted extends WebSocket {
  constructor(...args) {
    super(...args);
    this.on('close', (code) => { phase.closed[code] = (phase.closed[code] ?? 0) + 1; });
  }
}

class Watcher {
  next = 0;
  version = 0;
  state = 'connecting';

  constructor() {
    const live = connect({ url: base, WebSocket: Counted });
    live.watchDay(venue, date, { onvalue: (day) => this.saw(day.version), onstate: ({ state }) => this.turned(state) });
  }

  saw(version) {
    this.version = Math.max(this.version, version);
    this.catchUp();
  }

  catchUp() {
    for (; changes[this.next]?.version <= this.version; this.next++) {
      const { at, phase: its } = changes[this.next];
      its.lags.push(Math.max(0, performance.now() - at));
    }
  }

  turned(state) {
    if (this.state === 'live') this.left = performance.now();
    else if (state === 'live' && this.left) phase.spans.push(performance.now() - this.left);
    this.state = state;
  }

  get settled() {
    return this.state === 'live' && this.next === changes.length;
  }
}

/** One attempt; anything but 2xx is a failure of its kind. */
async function ask(path, { method = 'GET', key, body } = {}) {
  const from = performance.now();
  let outcome;
  let answer;
  try {
    const response = await fetch(base + path, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(10_000),
      headers: { authorization: `Bearer ${token}`, ...(key && { 'idempotency-key': key }), ...(body && { 'content-type': 'application/json' }) } });
    outcome = response.status;
    const text = await response.text();
    if (response.headers.get('content-type')?.includes('json')) answer = JSON.parse(text);
  } catch (e) {
    outcome = e.cause?.code ?? e.name;
  }
  const its = phase; // of its end, so that nothing is lost between two rows
  its.requests++;
  its.answers.push(performance.now() - from);
  if (outcome >= 200 && outcome < 300) return answer;
  const kind = `${method} ${outcome}`;
  its.failures[kind] = (its.failures[kind] ?? 0) + 1;
  if (its.failures[kind] <= 3) console.error(new Date().toISOString(), method, path, outcome, Math.round(performance.now() - from), 'ms', JSON.stringify(answer)?.slice(0, 200));
  return undefined;
}

/** As a careful client does it: the same request with the same key until it is answered. */
async function change(path, body) {
  const key = crypto.randomUUID();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await ask(path, { method: 'POST', key, body });
    if (answer) {
      changes.push({ version: answer.dayVersion, at: performance.now(), phase });
      phase.changes++;
      for (const each of watching) each.catchUp();
      return answer;
    }
    phase.repeats++;
    await pause(BOOKING_MS);
  }
  throw new Error(`${path} is not answered`);
}

let busy = true;
async function books() {
  while (busy) {
    const { id } = await change(`/v1/venues/${venue}/reservations`, { date, time: '19:30', partySize: 2, guest: { name: 'Ada', email: 'ada@example.org' } });
    await pause(BOOKING_MS);
    await change(`/v1/reservations/${id}/cancel`, {});
    await pause(BOOKING_MS);
  }
}

function reads() {
  const paths = [`/v1/venues/${venue}`, `/v1/venues/${venue}/days/${date}`, `/v1/availability?date=${date}&time=19:00&partySize=2&city=Paris`, '/v1/venues?limit=10'];
  let n = 0;
  return setInterval(() => ask(paths[n++ % paths.length]), 1000 / (rate - 1000 / BOOKING_MS));
}

const settled = () => watching.every((each) => each.settled);
async function settle() {
  for (const until = Date.now() + SETTLED_MS; Date.now() < until && !settled();) await pause(20);
}

const at = (sorted, share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
function row(name, { began, requests, failures, answers, repeats, changes: made, lags, spans, closed }) {
  for (const each of [answers, lags, spans]) each.sort((a, b) => a - b);
  return { name, seconds: Math.round((Date.now() - began) / 1000), requests, failures, repeats, answerP99: at(answers, 0.99), answerMax: at(answers, 1),
    changes: made, staleP50: at(lags, 0.5), staleP99: at(lags, 0.99), staleMax: at(lags, 1), unseen: made * watchers - lags.length,
    watchers, notLive: spans.length, notLiveMax: at(spans, 1), closed, live: watching.filter((each) => each.state === 'live').length };
}

setTimeout(() => { console.error('too long'); process.exit(1); }, seconds * 1000);
for (let n = 0; n < watchers; n++) {
  watching.push(new Watcher());
  if (n % 20 === 19) await pause(100);
}
await settle();
if (!settled()) {
  console.error('not every watcher is live');
  process.exit(1);
}
const reading = reads();
const booking = books();
for await (const name of createInterface({ input: process.stdin })) {
  await settle();
  const its = phase;
  phase = fresh();
  console.log(JSON.stringify(row(name, its)));
}
busy = false;
clearInterval(reading);
await booking;
process.exit(0);

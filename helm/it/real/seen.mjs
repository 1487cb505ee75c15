// One booking, seen by a watcher on each pod of notify: node seen.mjs <base> <venue> <date> <address of a pod>...   with TOKEN
import { createRequire } from 'node:module';
import { connect } from '../../../live-client/src/index.js';

const { WebSocket } = createRequire(new URL('../../../live-client/package.json', import.meta.url))('ws');
const [base, venue, date, ...pods] = process.argv.slice(2);
const seen = new Map();
setTimeout(() => { console.error('not seen by all:', Object.fromEntries(seen)); process.exit(1); }, 60_000);
const days = pods.map((pod) => connect({ url: pod, WebSocket }).watchDay(venue, date, ({ version }) => seen.set(pod, { version, at: Date.now() })));
await Promise.all(days.map((day) => day.ready));
const from = Date.now();
const response = await fetch(`${base}/v1/venues/${venue}/reservations`, { method: 'POST',
  headers: { authorization: `Bearer ${process.env.TOKEN}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  body: JSON.stringify({ date, time: '20:30', partySize: 2, guest: { name: 'Ada', email: 'ada@example.org' } }) });
const { dayVersion } = await response.json();
if (response.status !== 201) throw new Error(`booking: ${response.status}`);
while (!pods.every((pod) => seen.get(pod).version >= dayVersion)) await new Promise((resolve) => { setTimeout(resolve, 10); });
console.log(`version ${dayVersion} seen on ${pods.length} pods, ${pods.map((pod) => seen.get(pod).at - from).join(' and ')} ms after it was asked for`);
process.exit(0);

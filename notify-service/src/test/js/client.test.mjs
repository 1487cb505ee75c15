import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, bookable, connect, durationMs } from '../../main/resources/META-INF/resources/v1/live/client.js';

const slot = (hour, left) => ({ time: `${hour}:00`, startsAt: `2026-11-28T${hour}:00:00Z`, left });
const dayFrame = (version, ...slots) =>
  ({ op: 'day', venueId: 'v', date: '2026-11-28', version, minNotice: 'PT30M', slots });

class FakeSocket {
  static made = [];
  constructor(url, protocols) {
    Object.assign(this, { url, protocols, sent: [], readyState: 0 });
    FakeSocket.made.push(this);
  }
  open() { this.readyState = 1; this.hear({ op: 'hello', session: 's', pingIntervalMs: 25000 }); }
  hear(frame) { this.onmessage({ data: JSON.stringify(frame) }); }
  send(text) { this.sent.push(JSON.parse(text)); }
  close() { this.readyState = 3; this.onclose?.(); }
}

class FakeEvents {
  static made = [];
  constructor(url) { this.url = url; FakeEvents.made.push(this); }
  close() { this.closed = true; }
}

function world(options = {}) {
  FakeSocket.made = [];
  FakeEvents.made = [];
  const timers = { pending: [], setTimeout(run, ms) { return this.pending.push({ run, ms }); }, clearTimeout() {} };
  const live = connect({ url: 'http://h', WebSocket: FakeSocket, EventSource: FakeEvents, timers, random: () => 1, ...options });
  return { live, timers, socket: () => FakeSocket.made.at(-1), elapse: () => timers.pending.shift().run() };
}

test('a change is applied only on the version it follows on, and nothing goes back', () => {
  const day = apply(undefined, dayFrame(5, slot(18, { 2: 1 }), slot(19, { 2: 1 })));
  const newer = apply(day, { op: 'change', from: 5, version: 6, slots: [slot(19, {})] });
  assert.deepEqual(newer.slots.map((each) => each.left), [{ 2: 1 }, {}]);
  assert.equal(apply(day, { op: 'change', from: 6, version: 7, slots: [] }), undefined);
  assert.equal(apply(newer, dayFrame(5)), newer);
  assert.equal(apply(newer, { op: 'change', from: 5, version: 6, slots: [] }), newer);
});

test('slots that have begun or fall inside the notice are left out', () => {
  const day = dayFrame(1, slot(18, { 2: 1 }), slot(19, { 2: 1 }));
  assert.deepEqual(bookable(day, Date.parse('2026-11-28T17:45:00Z')).map((each) => each.time), ['19:00']);
  assert.equal(durationMs('P1DT1H30M'), 25.5 * 3600 * 1000);
});

test('after a reconnect it names the version it has', () => {
  const { live, socket, elapse } = world();
  const seen = [];
  live.watchDay('v', '2026-11-28', (day) => seen.push(day.version));
  socket().open();
  assert.deepEqual(socket().sent.at(-1), { op: 'watch', ref: '1', venueId: 'v', date: '2026-11-28' });
  socket().hear({ ...dayFrame(5, slot(19, { 2: 1 })), ref: '1' });
  socket().close();
  assert.equal(live.state, 'offline');
  elapse();
  socket().open();
  assert.equal(socket().sent.at(-1).version, 5);
  socket().hear({ op: 'change', ref: '1', from: 5, version: 8, slots: [slot(19, {})] });
  assert.deepEqual(seen, [5, 8]);
});

test('a change that does not follow makes it ask for the whole day', () => {
  const { live, socket } = world();
  live.watchDay('v', '2026-11-28', () => {});
  socket().open();
  socket().hear({ ...dayFrame(5), ref: '1' });
  socket().hear({ op: 'change', ref: '1', from: 7, version: 8, slots: [] });
  assert.deepEqual(socket().sent.slice(-2).map((frame) => [frame.op, frame.version]), [['unwatch', undefined], ['watch', undefined]]);
});

test('bye says when to come back, otherwise pauses double and have a bound', () => {
  const { timers, socket, elapse } = world();
  socket().open();
  socket().hear({ op: 'bye', reconnectAfterMs: 1800 });
  socket().close();
  assert.equal(timers.pending[0].ms, 1800);
  const pauses = [];
  for (let i = 0; i < 10; i++) {
    elapse();
    socket().close();
    pauses.push(timers.pending[0].ms);
  }
  assert.deepEqual(pauses.slice(0, 2), [1000, 2000]);
  assert.equal(Math.max(...pauses), 20000);
});

test('where no socket can be opened it listens to events', () => {
  const { live, socket, elapse } = world();
  const seen = [];
  live.watchDay('v', '2026-11-28', (day) => seen.push(day.version));
  for (let i = 0; i < 3; i++) {
    socket().close();
    elapse();
  }
  assert.equal(FakeEvents.made.at(-1).url, 'http://h/v1/live/venues/v/days/2026-11-28');
  FakeEvents.made.at(-1).onmessage({ data: JSON.stringify(dayFrame(9)) });
  assert.deepEqual(seen, [9]);
  socket().open();
  assert.equal(FakeEvents.made.at(-1).closed, true);
  assert.equal(socket().sent.at(-1).version, 9);
});

test('the token travels as a subprotocol, never in the address', () => {
  const { socket } = world({ token: 'a.b.c' });
  assert.deepEqual(socket().protocols, ['lasttable.v1', 'bearer.a.b.c']);
  assert.equal(socket().url, 'ws://h/v1/live');
});

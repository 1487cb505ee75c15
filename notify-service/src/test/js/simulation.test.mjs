// Random interleavings of commits, delays, dead sockets, restarts, lagging replicas, sleep and loss of network, over virtual
// time. A run is repeated with SEED=<number> node --test simulation.test.mjs; RUNS says how many are tried.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled, slot, world } from './world.mjs';

const SILENCE_MS = 30_000; // ping interval and time to answer
const DELAY_MS = 200; // the slowest frame of a network that works

/** mulberry32 */
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What was committed and when; a replica serves it from `seen` on, over sockets that may be dead. */
class Server {
  states = [];
  network = true;
  sockets = new Map();

  constructor(random, clock) {
    Object.assign(this, { random, clock });
    this.commit();
  }

  commit() {
    const version = this.states.length + 1;
    const slots = (this.states.at(-1)?.slots ?? [17, 18, 19, 20].map((hour) => slot(hour, { 2: 0 }))).slice();
    const changed = Math.floor(this.random() * slots.length);
    slots[changed] = { ...slots[changed], left: { 2: version } };
    this.states.push({ version, slots, at: this.clock.now });
    for (const [socket] of this.sockets) this.push(socket);
  }

  newestAt(time) {
    return this.states.filter(({ at }) => at <= time).at(-1)?.version ?? 0;
  }

  accept(socket) {
    const peer = { dead: false, refs: new Map(), arrives: this.clock.now, lag: this.random() < 0.2 ? 3 : 0 };
    this.sockets.set(socket, peer);
    socket.send = (text) => this.later(socket, () => this.answer(socket, peer, JSON.parse(text)));
    socket.readyState = 1;
    this.tell(socket, { op: 'hello', session: 's', pingIntervalMs: 25_000 });
  }

  answer(socket, peer, { op, ref, version = 0, confirm }) {
    if (op === 'unwatch' && !peer.refs.delete(ref)) this.tell(socket, { op: 'error', ref, code: 'unknown-ref', message: '' });
    if (op === 'watch') peer.refs.set(ref, { has: version, confirm });
    this.push(socket);
  }

  /** As notify-service does it: a change when it knows what the client has, else the whole day; `current` when asked to. */
  push(socket) {
    const peer = this.sockets.get(socket);
    const state = this.states[Math.max(0, this.states.length - 1 - peer.lag)];
    for (const [ref, watcher] of peer.refs) {
      const { has, confirm } = watcher;
      const older = this.random() < 0.7 && this.states[has - 1];
      if (state.version > has) {
        const slots = older ? state.slots.filter((each, i) => each !== older.slots[i]) : state.slots;
        const frame = older ? { op: 'change', from: has } : { op: 'day', venueId: 'v', date: '2026-11-28', minNotice: 'PT0S' };
        this.tell(socket, { ...frame, ref, version: state.version, slots });
        peer.refs.set(ref, { has: state.version });
      } else if (confirm && state.version === has) {
        this.tell(socket, { op: 'current', ref, version: has });
        watcher.confirm = false;
      }
    }
  }

  /** Frames keep their order, however long each takes. */
  tell(socket, frame) {
    this.later(socket, () => socket.onmessage?.({ data: JSON.stringify(frame) }));
  }

  later(socket, run) {
    const peer = this.sockets.get(socket);
    peer.arrives = Math.max(peer.arrives, this.clock.now + this.random() * DELAY_MS);
    this.clock.setTimeout(() => !peer.dead && this.network && socket.readyState === 1 && run(), peer.arrives - this.clock.now);
  }
}

async function run(seed) {
  const random = generator(seed);
  const it = world({ random, fetch: undefined });
  const { clock, page, live } = it;
  const server = new Server(random, clock);
  const versions = [];
  const watch = live.watchDay('v', '2026-11-28', (day) => {
    versions.push(day.version);
    assert.deepEqual(day.slots, server.states[day.version - 1].slots, 'the state of another version');
  });

  function check() {
    assert.ok(versions.every((version, i) => i === 0 || version > versions[i - 1]), `went back: ${versions}`);
    if (watch.state !== 'live') return;
    const mustHave = server.newestAt(clock.now - SILENCE_MS - 3 * DELAY_MS) - 3; // a lagging replica may be 3 behind
    assert.ok(watch.value.version >= mustHave, `live with ${watch.value.version} instead of ${mustHave}`);
  }

  const pick = (items) => items[Math.floor(random() * items.length)];
  const steps = {
    commit: () => server.commit(),
    pass: () => clock.pass(random() * 2_000),
    passLong: () => clock.pass(random() * 40_000),
    catchUp: () => server.sockets.forEach((peer, socket) => { peer.lag = 0; server.push(socket); }),
    die: () => server.sockets.forEach((peer) => { peer.dead = true; }),
    drop: () => it.socket()?.drop(pick([1006, 1012, 1001, 4408])),
    bye: () => it.socket()?.readyState === 1 && it.socket().hear({ op: 'bye', reconnectAfterMs: random() * 3_000 }),
    garbage: () => it.socket()?.readyState === 1 && it.socket().hear('{'),
    accept: () => it.socket()?.readyState === 0 && server.network && server.accept(it.socket()),
    offline: () => { server.network = false; page.fire('offline'); },
    online: () => { server.network = true; page.fire('online'); },
    sleep: () => { clock.now += random() * 600_000; page.show('visible'); },
    cache: () => { page.fire('pagehide'); page.fire('pageshow'); },
  };
  for (let step = 0; step < 150; step++) {
    await steps[pick([...Object.keys(steps), 'accept', 'accept', 'commit', 'commit', 'pass', 'pass', 'online', 'catchUp'])]();
    for (const [socket] of server.sockets) if (socket.readyState === 3) server.sockets.delete(socket);
    await settled();
    check();
  }
  server.network = true;
  for (let i = 0; i < 200 && !(watch.state === 'live' && watch.value.version === server.states.length); i++) {
    steps.accept();
    await clock.pass(1_000);
    steps.catchUp();
    check();
  }
  assert.deepEqual([watch.state, watch.value.version], ['live', server.states.length]);
  live.close();
}

test('whatever happens, a watch only gets newer, is live only when it is, and ends at the newest version', async () => {
  const first = Number(process.env.SEED ?? 1);
  const runs = Number(process.env.RUNS ?? (process.env.SEED ? 1 : 150));
  for (let seed = first; seed < first + runs; seed++) {
    try {
      await run(seed);
    } catch (cause) {
      throw new Error(`SEED=${seed}: ${cause.message}`, { cause });
    }
  }
});

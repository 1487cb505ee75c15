// Random interleavings of commits, delays, dead sockets, restarts, lagging replicas, sleep and loss of network, over virtual
// time; once with sockets alone, once with a proxy that blocks them now and then, so that the day comes as events. A run is repeated with SEED=<number> node --test simulation.test.mjs; RUNS says how many are tried.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled, slot, world } from './world.mjs';

const PING_MS = 25_000;
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

/** What was committed and when; replicas serve it, perhaps some versions late, over sockets and streams that may be dead. */
class Server {
  states = [];
  network = true;
  blocked = false;
  sockets = new Map();
  streams = new Map();

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
    for (const [stream] of this.streams) this.pushEvent(stream);
  }

  newestAt(time) {
    return this.states.filter(({ at }) => at <= time).at(-1)?.version ?? 0;
  }

  peer(rest) {
    return { dead: false, arrives: this.clock.now, lag: this.random() < 0.2 ? 3 : 0, ...rest };
  }

  seenBy(peer) {
    return this.states[Math.max(0, this.states.length - 1 - peer.lag)];
  }

  /** The newest state for one who has version `has`: a change when the replica still knows that version, else the whole day. */
  news(state, has) {
    const older = this.random() < 0.7 && this.states[has - 1];
    const slots = older ? state.slots.filter((each, i) => each !== older.slots[i]) : state.slots;
    const frame = older ? { op: 'change', from: has } : { op: 'day', venueId: 'v', date: '2026-11-28', minNotice: 'PT0S' };
    return { ...frame, version: state.version, slots };
  }

  accept(socket) {
    const peer = this.peer({ refs: new Map() });
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

  /** As notify-service does it; `current` when asked to. */
  push(socket) {
    const peer = this.sockets.get(socket);
    const state = this.seenBy(peer);
    for (const [ref, watcher] of peer.refs) {
      const { has, confirm } = watcher;
      if (state.version > has) {
        this.tell(socket, { ref, ...this.news(state, has) });
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
    this.delayed(this.sockets.get(socket), () => socket.readyState === 1 && run());
  }

  delayed(peer, run, lost) {
    peer.arrives = Math.max(peer.arrives, this.clock.now + this.random() * DELAY_MS);
    this.clock.setTimeout(() => !peer.dead && (this.network ? run() : lost?.()), peer.arrives - this.clock.now);
  }

  acceptStream(stream) {
    this.streams.set(stream, this.peer({ has: Number(stream.headers['Last-Event-ID'] ?? 0), confirm: true }));
    this.pushEvent(stream);
    this.comment(stream);
  }

  pushEvent(stream) {
    const peer = this.streams.get(stream);
    const state = this.seenBy(peer);
    if (state.version > peer.has) {
      const frame = this.news(state, peer.has);
      this.write(stream, () => stream.frame(frame));
      peer.has = state.version;
    } else if (peer.confirm && state.version === peer.has) {
      this.write(stream, () => stream.write(`: current ${state.version}\n\n`));
    }
    if (state.version >= peer.has) peer.confirm = false;
  }

  /** Keeps a quiet stream alive, for as long as it is. */
  comment(stream) {
    this.clock.setTimeout(() => {
      if (stream.signal.aborted || stream.ended) return;
      this.write(stream, () => stream.write(': ping\n\n'));
      this.comment(stream);
    }, PING_MS);
  }

  /** TCP does not leave out what it cannot deliver: after a loss nothing comes any more. */
  write(stream, run) {
    const peer = this.streams.get(stream);
    this.delayed(peer, () => !stream.signal.aborted && !stream.ended && run(), () => { peer.dead = true; });
  }

  end(stream) {
    stream.ended = true;
    if (!stream.signal.aborted) stream.end();
  }
}

async function run(seed, proxy) {
  const random = generator(seed);
  const it = world({ random, ...(!proxy && { fetch: undefined }) });
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

  const fresh = () => it.streams.filter((stream) => !stream.signal.aborted && !server.streams.has(stream));
  const open = () => [...server.streams.keys()].filter((stream) => !stream.signal.aborted && !stream.ended);
  const pick = (items) => items[Math.floor(random() * items.length)];
  const steps = {
    commit: () => server.commit(),
    pass: () => clock.pass(random() * 2_000),
    passLong: () => clock.pass(random() * 40_000),
    catchUp: () => {
      server.sockets.forEach((peer, socket) => { peer.lag = 0; server.push(socket); });
      server.streams.forEach((peer, stream) => { peer.lag = 0; server.pushEvent(stream); });
    },
    die: () => [...server.sockets.values(), ...server.streams.values()].forEach((peer) => { peer.dead = true; }),
    drop: () => it.socket()?.drop(pick([1006, 1012, 1001, 4408])),
    bye: () => it.socket()?.readyState === 1 && it.socket().hear({ op: 'bye', reconnectAfterMs: random() * 3_000 }),
    garbage: () => it.socket()?.readyState === 1 && it.socket().hear('{'),
    accept: () => {
      if (it.socket()?.readyState === 0 && server.blocked) it.socket().drop(1006);
      else if (it.socket()?.readyState === 0 && server.network) server.accept(it.socket());
      if (server.network) fresh().forEach((stream) => server.acceptStream(stream));
    },
    end: () => open().slice(0, 1).forEach((stream) => server.end(stream)),
    block: () => { server.blocked = proxy && random() < 0.8; },
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
  const byEvents = server.streams.size;
  server.network = true;
  for (let i = 0; i < 200 && !(watch.state === 'live' && watch.value.version === server.states.length); i++) {
    steps.accept();
    await clock.pass(1_000);
    steps.catchUp();
    check();
  }
  assert.deepEqual([watch.state, watch.value.version], ['live', server.states.length]);
  live.close();
  return byEvents;
}

async function runAll(proxy) {
  const first = Number(process.env.SEED ?? 1);
  const runs = Number(process.env.RUNS ?? (process.env.SEED ? 1 : 150));
  let byEvents = 0;
  for (let seed = first; seed < first + runs; seed++) {
    try {
      byEvents += await run(seed, proxy);
    } catch (cause) {
      throw new Error(`SEED=${seed}: ${cause.message}`, { cause });
    }
  }
  return byEvents;
}

test('whatever happens, a watch only gets newer, is live only when it is, and ends at the newest version', async () => {
  assert.equal(await runAll(false), 0);
});

test('the same where a proxy blocks sockets now and then, and the day comes as events', async () => {
  assert.ok(await runAll(true) > 0, 'no run came to use events');
});

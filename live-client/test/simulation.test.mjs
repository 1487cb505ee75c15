// Random interleavings of commits, delays, dead sockets, restarts, lagging replicas, sleep and loss of network, over virtual
// time; once with sockets alone, once with a proxy that blocks them now and then, so that the day comes as events.
// A run is repeated with SEED=<number> node --test simulation.test.mjs; RUNS says how many are tried.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DELAY_MS, generator, SILENCE_MS, Server } from './server.mjs';
import { settled, world } from './world.mjs';

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
    reconnect: () => live.reconnect(),
    dropOld: () => it.sockets.filter(({ readyState }) => readyState === 1)[0]?.drop(1012),
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

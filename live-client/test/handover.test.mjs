import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { generator, Server } from './server.mjs';
import { change, day, FIRST_PAUSE, recorder, reservation, settled, watching, world } from './world.mjs';

const bye = { op: 'bye', reconnectAfterMs: 1_800 };

describe('a connection that is to go', () => {
  test('feeds its watches until the next one has confirmed each', async () => {
    const { clock, sockets, socket, watch, seen } = watching();
    const [old] = sockets;
    const { ref } = old.watch();
    old.hear(bye);
    await clock.pass(1_800);
    assert.deepEqual([sockets.length, watch.state], [2, 'live']);
    old.hear({ ...change(5, 6), ref });
    socket().open();
    assert.equal(socket().watch().version, 6);
    old.hear({ ...change(6, 7), ref });
    socket().hear({ op: 'current', ref: socket().watch().ref, version: 6 });
    assert.equal(old.closedByClient, undefined, 'the next one is behind');
    socket().hear({ ...change(6, 7), ref: socket().watch().ref });
    assert.deepEqual([seen.states, seen.versions, old.closedByClient], [['live'], [5, 6, 7], true]);
  });

  test('is kept while the next one cannot be had, and another is tried', async () => {
    const { clock, sockets, socket, watch, live } = watching();
    socket().hear(bye);
    await clock.pass(1_800);
    socket().drop(1006);
    assert.deepEqual([watch.state, live.state], ['live', 'live']);
    await clock.pass(FIRST_PAUSE);
    assert.deepEqual([sockets.length, sockets[0].closedByClient], [3, undefined]);
  });

  test('is kept while the next one hears of changes late', async () => {
    const { clock, sockets, socket, watch, seen } = watching();
    socket().hear(bye);
    await clock.pass(1_800);
    socket().open().hear({ op: 'feed', state: 'delayed' }, { op: 'current', ref: socket().watch().ref, version: 5 });
    assert.deepEqual([watch.state, sockets[0].closedByClient], ['live', undefined]);
    socket().hear({ op: 'feed', state: 'live' });
    assert.deepEqual([seen.states, sockets[0].closedByClient], [['live'], true]);
  });

  test('that is closed before the next one is there leaves its watches stale until then', async () => {
    const { clock, sockets, socket, watch } = watching();
    socket().hear(bye);
    socket().drop(1012);
    assert.equal(watch.state, 'stale');
    await clock.pass(1_800);
    assert.equal(sockets.length, 2);
    socket().open().hear({ op: 'current', ref: socket().watch().ref, version: 5 });
    assert.equal(watch.state, 'live');
  });

  test('has a venue\'s list read anew, since a replica that is ahead has sent what came between to nobody', async () => {
    const { live, clock, sockets, socket } = watching({ token: 'staff' });
    const seen = recorder();
    live.watchVenue('v', seen);
    socket().answerProbe();
    socket().hear(bye);
    await clock.pass(1_800);
    socket().open();
    socket().answerProbe();
    socket().hear({ op: 'current', ref: socket().sent.find(({ op }) => op === 'watch').ref, version: 5 });
    assert.deepEqual([seen.states, sockets[0].closedByClient], [['live', 'connecting', 'live'], true]);
  });

  test('by the caller\'s wish is replaced with a token asked for anew', async () => {
    let made = 0;
    const it = world({ token: async () => `token-${++made}` });
    const seen = recorder();
    it.live.watchDay('v', '2026-11-28', seen);
    await settled();
    it.socket().open().hear({ ...day(5), ref: it.socket().watch().ref });
    it.live.reconnect();
    await settled();
    assert.deepEqual(it.socket().protocols, ['lasttable.v1', 'bearer.token-2']);
    it.socket().open().hear({ op: 'current', ref: it.socket().watch().ref, version: 5 });
    assert.deepEqual([seen.states, it.sockets[0].closedByClient, it.live.state], [['live'], true, 'live']);
  });

  test('since a token has expired takes nothing from what needs no token', async () => {
    let made = 0;
    const { live, clock, socket, sockets } = world({ token: async () => `staff-${++made}` });
    const [open, venue] = [recorder(), recorder()];
    live.watchDay('v', '2026-11-28', open);
    await settled();
    socket().open().hear({ ...day(5), ref: socket().watch().ref });
    live.watchVenue('v', venue);
    const { ref } = socket().watch();
    socket().answerProbe();
    socket().hear({ ...reservation(1, 'held'), ref }, { op: 'error', ref, code: 'token-expired', message: 'Expired.' });
    await clock.pass(FIRST_PAUSE);
    socket().open();
    socket().answerProbe();
    socket().hear({ op: 'current', ref: socket().sent.find(({ op }) => op === 'watch').ref, version: 5 });
    assert.deepEqual([open.states, venue.states], [['live'], ['live', 'stale', 'live']]);
    assert.deepEqual([sockets.length, sockets[0].closedByClient, venue.errors], [2, true, ['token-expired']]);
  });

  test('that misses a change leaves its watch to the next one', async () => {
    const { clock, sockets, socket, watch } = watching();
    const { ref } = sockets[0].watch();
    sockets[0].hear(bye);
    await clock.pass(1_800);
    const asked = sockets[0].sent.length;
    socket().open();
    sockets[0].hear({ ...change(7, 8), ref });
    assert.deepEqual([watch.state, sockets[0].closedByClient, sockets[0].sent.length], ['stale', true, asked]);
    socket().hear({ ...change(5, 8), ref: socket().watch().ref });
    assert.deepEqual([watch.state, watch.value.version, watch.sources.size], ['live', 8, 1]);
  });

  test('closing leaves none of them behind', async () => {
    const { live, clock, page, sockets, socket } = watching();
    socket().hear(bye);
    await clock.pass(1_800);
    socket().open();
    live.close();
    assert.deepEqual([clock.pending.size, page.listeners, sockets.map((each) => each.readyState)], [0, 0, [3, 3]]);
  });
});

/** One replica after the other says goodbye while a table goes every now and then; returns for how long the watch was not live. */
async function rollout(seed, lingers) {
  const random = generator(seed);
  const it = world({ random, fetch: undefined });
  const { clock, live } = it;
  const server = new Server(random, clock);
  const watch = live.watchDay('v', '2026-11-28', () => {});
  let staleness = 0;
  for (let step = 0; step < 600; step++) {
    const socket = it.socket();
    if (socket.readyState === 0) server.accept(socket);
    if (step % 100 === 50) {
      const reconnectAfterMs = random() * 5_000;
      socket.hear({ op: 'bye', reconnectAfterMs });
      clock.setTimeout(() => socket.readyState === 1 && socket.drop(1012), lingers ? reconnectAfterMs + 2_000 : 0);
    }
    if (random() < 0.2) server.commit();
    for (const [each, peer] of server.sockets) {
      if (each.readyState === 3) server.sockets.delete(each);
      else if (random() < 0.3) (peer.lag = 0, server.push(each));
    }
    await clock.pass(100);
    if (step > 20 && watch.state !== 'live') staleness += 100;
  }
  live.close();
  return staleness;
}

describe('a rollout', () => {
  test('is not noticed where a replica that goes waits for its clients to have gone', async () => {
    for (let seed = 1; seed <= 20; seed++) assert.equal(await rollout(seed, true), 0, `SEED ${seed}`);
  });

  test('costs the announced pause where it does not', async () => {
    assert.ok(await rollout(1, false) > 1_000);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_PAUSE, connect, day, recorder, settled, watching, world } from './world.mjs';

describe('the connection', () => {
  test('pauses with full jitter, doubling up to a bound, from the start again once it was stable', async () => {
    const { clock, socket } = world({ fetch: undefined });
    const pauses = [];
    for (let i = 0; i < 9; i++) {
      socket().drop();
      pauses.push(...clock.pauses());
      await clock.pass(pauses.at(-1));
    }
    assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000, 20_000]);
    socket().open();
    await clock.pass(10_000);
    socket().drop();
    assert.deepEqual(clock.pauses(), [FIRST_PAUSE]);
    const { clock: other, socket: one } = world({ random: () => 0.25 });
    one().drop();
    assert.deepEqual(other.pauses(), [250]);
  });

  test('that could not be opened is tried again though no close is told', async () => {
    const { clock, socket, sockets, live } = watching();
    socket().drop();
    await clock.pass(FIRST_PAUSE);
    assert.equal(sockets.length, 2);
    socket().fail();
    assert.deepEqual(clock.pauses(), [2_000]);
    socket().drop(); // where a close follows, it changes nothing
    assert.deepEqual(clock.pauses(), [2_000]);
    await clock.pass(2_000);
    assert.deepEqual([sockets.length, live.state], [3, 'connecting']);
  });

  test('comes back when bye says, also when it has not been closed by then', async () => {
    const { clock, socket, sockets, live, page } = watching();
    socket().hear({ op: 'bye', reconnectAfterMs: 1_800 });
    await clock.pass(500);
    socket().drop(1012);
    page.fire('online');
    await clock.pass(1_299);
    assert.deepEqual([sockets.length, live.state], [1, 'offline']);
    await clock.pass(1);
    assert.equal(sockets.length, 2);
    socket().open().hear({ op: 'bye', reconnectAfterMs: 100 });
    await clock.pass(100);
    assert.deepEqual([sockets.length, sockets[1].closedByClient], [3, undefined]);
  });

  for (const code of [4429, 1013, 1008]) {
    test(`backs off longer after ${code}, and not even the network's return hurries it`, async () => {
      const { clock, socket, sockets, page } = watching({ random: () => 0 });
      socket().drop(code);
      assert.deepEqual(clock.pauses(), [5_000]);
      page.fire('online');
      await clock.pass(4_999);
      assert.equal(sockets.length, 1);
      await clock.pass(1);
      assert.equal(sockets.length, 2);
    });
  }

  test('that the server has closed because nothing is watched opens again with the next watch', async () => {
    const { live, clock, sockets, socket } = world();
    socket().open();
    socket().drop(4408);
    await clock.pass(600_000);
    assert.deepEqual([sockets.length, live.state], [1, 'offline']);
    live.watchDay('v', '2026-11-28', () => {});
    assert.deepEqual([socket().open().watch().venueId, live.state], ['v', 'live']);
  });

  test('that never says hello is given up', async () => {
    const { clock, sockets } = world();
    await clock.pass(10_000 + FIRST_PAUSE);
    assert.deepEqual([sockets.length, sockets[0].closedByClient], [2, true]);
  });

  test('a token travels as a subprotocol, never in the address', () => {
    const { socket } = world({ token: 'a.b.c' });
    assert.deepEqual([socket().protocols, socket().url], [['lasttable.v1', 'bearer.a.b.c'], 'ws://h/v1/live']);
    assert.equal(world({ url: 'https://h/api/' }).socket().url, 'wss://h/api/v1/live');
  });

  test('a rejected token ends everything, a rejected token that can be renewed is renewed', async () => {
    const { live, watch, seen, socket, reports } = watching({ token: 'old' });
    socket().drop(4401);
    assert.deepEqual([live.state, watch.state, seen.errors, reports], ['closed', 'ended', ['token-rejected'], ['token-rejected']]);
    let made = 0;
    const again = world({ token: async () => `token-${++made}` });
    await settled();
    again.socket().drop(4401);
    await again.clock.pass(FIRST_PAUSE);
    assert.deepEqual(again.socket().protocols, ['lasttable.v1', 'bearer.token-2']);
  });

  test('a token that cannot be had is reported and asked for again', async () => {
    let asked = 0;
    const it = world({ token: async () => { if (++asked === 1) throw new Error('no network'); return 'good'; } });
    await it.clock.pass(FIRST_PAUSE);
    assert.deepEqual([it.reports, it.socket().protocols], [['no-connection'], ['lasttable.v1', 'bearer.good']]);
  });

  test('close is final and leaves nothing behind', async () => {
    for (const phase of ['opening', 'open', 'waiting', 'streaming']) {
      const { live, clock, page, sockets, streams, seen, socket } = phase === 'opening' ? { ...world(), seen: recorder() } : watching();
      if (phase === 'waiting') socket().drop();
      if (phase === 'streaming') {
        for (let i = 0; i < 3; i++) { socket().drop(); await clock.pass(4_000); }
      }
      const told = seen.states.length;
      live.close();
      live.close();
      assert.deepEqual([clock.pending.size, page.listeners, live.state, seen.states.length], [0, 0, 'closed', told], phase);
      await clock.pass(100_000);
      assert.ok(sockets.every((each) => each.readyState === 3), phase);
      assert.ok(streams.every((each) => each.signal.aborted), phase);
      assert.throws(() => live.watchDay('v', '2026-11-28', () => {}), /closed/);
    }
  });

  for (const state of ['live', 'stale']) {
    test(`may be closed by a listener that hears ${state}`, async () => {
      const it = world();
      it.live.watchDay('v', '2026-11-28', { onstate: (change) => change.state === state && it.live.close() });
      it.live.watchDay('w', '2026-11-28', () => {});
      it.socket().open();
      const { ref } = it.socket().sent.find((frame) => frame.op === 'watch');
      it.socket().hear({ ...day(5), ref });
      it.socket().drop();
      await it.clock.pass(60_000);
      assert.deepEqual([it.live.state, it.sockets.length, it.clock.pending.size, it.page.listeners], ['closed', 1, 0, 0]);
    });
  }

  test('is not hurried by a listener that watches anew whenever it hears that it was lost', async () => {
    const { live, clock, socket, sockets } = world();
    const again = () => live.watchDay('v', '2026-11-28', { onstate: ({ state }) => state === 'stale' && again() });
    again();
    socket().open().hear({ ...day(5), ref: socket().watch().ref });
    socket().drop();
    await clock.pass(FIRST_PAUSE - 1);
    assert.equal(sockets.length, 1);
  });

  test('outside a page the address must be given', () => {
    assert.throws(() => connect(), /needs { url }/);
  });
});

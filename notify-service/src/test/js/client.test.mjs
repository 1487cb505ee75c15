import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apply, bookable, connect, durationMs } from '../../main/resources/META-INF/resources/v1/live/client.js';
import { change, day, recorder, settled, slot, world } from './world.mjs';

const PING = 25_000;
const ANSWER = 5_000;

/** A world in which one day is watched and live at version 5. */
function watching(options) {
  const it = world(options);
  const seen = recorder();
  const watch = it.live.watchDay('v', '2026-11-28', seen);
  it.socket().open();
  it.socket().hear({ ...day(5, slot(18, { 2: 1 }), slot(19, { 2: 1 })), ref: it.socket().watch().ref });
  return { ...it, seen, watch };
}

const reservation = (version, status) => ({ op: 'reservation', id: 'r1', version, status });

describe('a day', () => {
  test('a change is applied only on the version it follows on, and nothing goes back', () => {
    const five = apply(undefined, day(5, slot(18, { 2: 1 }), slot(19, { 2: 1 })));
    const six = apply(five, change(5, 6, slot(19, {})));
    assert.deepEqual(six.slots.map((each) => each.left), [{ 2: 1 }, {}]);
    assert.equal(apply(five, change(6, 7)), undefined);
    assert.equal(apply(six, day(5)), six);
    assert.equal(apply(six, change(5, 6)), six);
    assert.throws(() => apply(five, { op: 'day', version: 6, slots: 'none' }), TypeError);
  });

  test('a new slot takes its place in time', () => {
    const five = apply(undefined, day(5, slot(18, {}), slot(20, {})));
    assert.deepEqual(apply(five, change(5, 6, slot(19, {}))).slots.map(({ time }) => time), ['18:00', '19:00', '20:00']);
  });

  test('slots that have begun or fall inside the notice are left out', () => {
    const evening = day(1, slot(18, { 2: 1 }), slot(19, { 2: 1 }));
    assert.deepEqual(bookable(evening, Date.parse('2026-11-28T17:45:00Z')).map(({ time }) => time), ['19:00']);
    assert.deepEqual(bookable(evening, Date.parse('2026-11-28T18:30:00Z')).map(({ time }) => time), ['19:00']);
    assert.equal(durationMs('P1DT1H30M'), 25.5 * 3_600_000);
    assert.equal(durationMs('PT0.5S'), 500);
    assert.throws(() => durationMs('soon'), TypeError);
  });
});

describe('a watch', () => {
  test('is connecting, then live, and stale from the moment that was last heard of', async () => {
    const { watch, seen, clock, socket } = watching();
    assert.deepEqual([watch.state, watch.value.version, seen.states], ['live', 5, ['live']]);
    const heardAt = clock.now;
    await clock.pass(3_000);
    socket().drop();
    assert.deepEqual([watch.state, watch.since, watch.value.version], ['stale', heardAt, 5]);
  });

  test('after a reconnect names its version, and is live only when the server has confirmed it', async () => {
    const { watch, seen, clock, socket } = watching();
    socket().drop();
    await clock.pass(500);
    socket().open();
    const { version, confirm, ref } = socket().watch();
    assert.deepEqual([version, confirm, watch.state], [5, true, 'stale']);
    socket().hear({ op: 'current', ref, version: 5 });
    assert.deepEqual([watch.state, seen.versions], ['live', [5]]);
    socket().hear({ ...change(5, 8, slot(19, {})), ref });
    assert.deepEqual(seen.versions, [5, 8]);
  });

  test('is stale on a replica that lags, until it has caught up, and sees nothing twice', async () => {
    const { watch, seen, clock, socket } = watching();
    socket().drop();
    await clock.pass(500);
    const { ref } = socket().open().watch();
    socket().hear({ ...day(3, slot(19, { 2: 1 })), ref }, { ...change(3, 4, slot(19, {})), ref });
    assert.equal(watch.state, 'stale');
    socket().hear({ ...change(4, 6, slot(19, { 2: 1 })), ref });
    assert.deepEqual([watch.state, seen.versions], ['live', [5, 6]]);
  });

  test('that missed a change asks for the whole day and is stale meanwhile', () => {
    const { watch, socket } = watching();
    const { ref } = socket().watch();
    socket().hear({ ...change(7, 8), ref });
    assert.equal(watch.state, 'stale');
    assert.deepEqual(socket().sent.slice(-2).map((frame) => [frame.op, frame.version]), [['unwatch', undefined], ['watch', undefined]]);
    socket().hear({ ...change(8, 9), ref }, { ...day(9), ref: socket().watch().ref });
    assert.deepEqual([watch.state, watch.value.version], ['live', 9]);
  });

  test('gets its own errors; those that end it leave the others alone', () => {
    const { live, watch, socket, reports } = watching();
    const seen = recorder();
    const other = live.watchDay('nowhere', '2026-11-28', seen);
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'unknown-venue', message: 'No.' });
    assert.deepEqual([seen.errors, seen.states, other.error.code], [['unknown-venue'], ['ended'], 'unknown-venue']);
    assert.deepEqual([watch.state, reports], ['live', []]);
  });

  test('outlives a state that is not yet known', () => {
    const { live, socket } = watching();
    const seen = recorder();
    const watch = live.watchDay('slow', '2026-11-28', seen);
    const { ref } = socket().watch();
    socket().hear({ op: 'error', ref, code: 'not-yet-known', message: 'Soon.' });
    assert.deepEqual([watch.state, seen.errors], ['connecting', ['not-yet-known']]);
    socket().hear({ ...day(1), ref });
    assert.equal(watch.state, 'live');
  });

  test('starts from a day that the caller has', () => {
    const { live, socket } = watching();
    const watch = live.watchDay('w', '2026-11-28', () => {}, { known: { ...day(40), venueId: 'w' } });
    assert.deepEqual([watch.state, socket().watch().version], ['stale', 40]);
  });

  test('that is stopped hears nothing more', () => {
    const { watch, seen, socket } = watching();
    const { ref } = socket().watch();
    watch.stop();
    assert.deepEqual(socket().sent.at(-1), { op: 'unwatch', ref });
    socket().hear({ ...change(5, 6), ref });
    assert.deepEqual([seen.versions, watch.state], [[5], 'ended']);
  });

  test('may be stopped, and others begun, by a listener', () => {
    const { live, socket } = watching();
    const first = live.watchDay('a', '2026-11-28', () => (first.stop(), live.watchDay('b', '2026-11-28', () => {})));
    socket().hear({ ...day(1), ref: socket().watch().ref });
    assert.deepEqual([first.state, socket().watch().venueId], ['ended', 'b']);
  });

  test('a listener that throws stops nothing', (t) => {
    const logged = t.mock.method(console, 'error', () => {});
    const { live, watch, socket } = watching();
    live.watchDay('a', '2026-11-28', () => { throw new Error('mine'); });
    socket().hear({ ...day(1), ref: socket().watch().ref });
    assert.deepEqual([watch.state, live.state, logged.mock.callCount()], ['live', 'live', 1]);
  });
});

describe('a bad frame', () => {
  for (const bad of ['not json', 'null', '[]{', '"text"', { op: 'change', ref: 'REF', from: 5, version: 'six', slots: [] },
    { op: 'day', ref: 'REF', version: 6, slots: [null] }, { op: 'current', ref: 'REF', version: 4 }]) {
    const name = JSON.stringify(bad);
    test(`is reported, and the connection made anew: ${name}`, async () => {
      const { watch, clock, socket, sockets, reports } = watching();
      const frame = typeof bad === 'string' ? bad : { ...bad, ref: socket().watch().ref };
      socket().hear(frame);
      const harmless = bad === '"text"';
      assert.deepEqual(reports, harmless ? [] : ['bad-frame']);
      assert.equal(watch.state, harmless ? 'live' : 'stale');
      await clock.pass(500);
      assert.equal(sockets.length, harmless ? 1 : 2);
    });
  }

  test('again and again makes the pauses grow', async () => {
    const { clock, socket, reports } = watching();
    const pauses = [];
    for (let i = 0; i < 5; i++) {
      socket().hear('not json');
      pauses.push(...clock.pauses());
      await clock.pass(pauses.at(-1));
      socket().open();
    }
    assert.deepEqual([pauses, reports.length], [[500, 1_000, 2_000, 4_000, 8_000], 5]);
  });

  test('of a later protocol is ignored', () => {
    const { watch, socket } = watching();
    socket().hear({ op: 'confetti' }, { op: 'confetti', ref: socket().watch().ref });
    assert.equal(watch.state, 'live');
  });
});

describe('the connection', () => {
  test('pauses with full jitter, doubling up to a bound, from the start again once it was stable', async () => {
    const { clock, socket } = world({ fetch: undefined });
    const pauses = [];
    for (let i = 0; i < 9; i++) {
      socket().drop();
      pauses.push(...clock.pauses());
      await clock.pass(pauses.at(-1));
    }
    assert.deepEqual(pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]);
    socket().open();
    await clock.pass(10_000);
    socket().drop();
    assert.deepEqual(clock.pauses(), [500]);
    const { clock: other, socket: one } = world({ random: () => 0.25 });
    one().drop();
    assert.deepEqual(other.pauses(), [125]);
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
    assert.deepEqual([sockets.length, sockets[1].closedByClient], [3, true]);
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
    await clock.pass(10_500);
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
    await again.clock.pass(500);
    assert.deepEqual(again.socket().protocols, ['lasttable.v1', 'bearer.token-2']);
  });

  test('a token that cannot be had is reported and asked for again', async () => {
    let asked = 0;
    const it = world({ token: async () => { if (++asked === 1) throw new Error('no network'); return 'good'; } });
    await it.clock.pass(500);
    assert.deepEqual([it.reports, it.socket().protocols], [['no-connection'], ['lasttable.v1', 'bearer.good']]);
  });

  test('close is final and leaves nothing behind', async () => {
    for (const phase of ['opening', 'open', 'waiting', 'streaming']) {
      const { live, clock, page, sockets, streams, seen, socket } = phase === 'opening' ? { ...world(), seen: recorder() } : watching();
      if (phase === 'waiting') socket().drop();
      if (phase === 'streaming') {
        for (let i = 0; i < 3; i++) { socket().drop(); await clock.pass(1_000); }
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

  test('outside a page the address must be given', () => {
    assert.throws(() => connect(), /needs { url }/);
  });
});

describe('liveness', () => {
  test('a dead socket is found within a ping interval and the time to answer', async () => {
    const { watch, clock, socket, sockets } = watching();
    const heardAt = clock.now;
    await clock.pass(PING);
    assert.deepEqual([socket().probe().ref, watch.state], ['?', 'live']);
    await clock.pass(ANSWER);
    assert.deepEqual([watch.state, watch.since], ['stale', heardAt]);
    await clock.pass(500);
    assert.equal(sockets.length, 2);
  });

  test('an answer, or anything else that is heard, keeps it live', async () => {
    const { watch, clock, socket, sockets } = watching();
    for (let i = 0; i < 4; i++) {
      await clock.pass(PING);
      socket().answerProbe();
    }
    await clock.pass(PING);
    socket().hear({ ...change(5, 6), ref: socket().watch().ref });
    await clock.pass(ANSWER);
    assert.deepEqual([watch.state, sockets.length], ['live', 1]);
  });

  test('a socket that is heard from is not probed', async () => {
    const { clock, socket } = watching();
    const { ref } = socket().watch();
    for (let version = 5; version < 15; version++) {
      await clock.pass(10_000);
      socket().hear({ ...change(version, version + 1), ref });
    }
    assert.equal(socket().probe(), undefined);
  });

  test('after a sleep nothing is live until the server answers', async () => {
    const { live, watch, clock, socket, page, seen } = watching();
    page.show('hidden');
    clock.now += 3_600_000;
    page.show('visible');
    assert.deepEqual([watch.state, live.state], ['stale', 'connecting']);
    socket().hear({ ...change(5, 6), ref: socket().watch().ref });
    assert.deepEqual([watch.state, seen.versions], ['stale', [5, 6]]);
    socket().answerProbe();
    assert.deepEqual([watch.state, live.state], ['live', 'live']);
  });

  test('a dead socket after a sleep is replaced in the time to answer', async () => {
    const { clock, sockets, page } = watching();
    clock.now += 3_600_000;
    page.show('visible');
    await clock.pass(ANSWER + 500);
    assert.equal(sockets.length, 2);
  });

  test('a clock that is set back is no sign of life', async () => {
    const { watch, clock, page } = watching();
    clock.now -= 3_600_000;
    page.show('visible');
    assert.equal(watch.state, 'stale');
  });

  test('without network it is stale at once, and live again when the socket turns out to be alive', () => {
    const { watch, live, socket, page } = watching();
    page.fire('offline');
    assert.deepEqual([watch.state, live.state], ['stale', 'connecting']);
    socket().answerProbe();
    assert.deepEqual([watch.state, live.state], ['live', 'live']);
  });

  test('the return of the network ends the pause', async () => {
    const { clock, sockets, socket, page } = watching();
    await clock.pass(1_000);
    socket().drop();
    page.fire('online');
    assert.equal(sockets.length, 2);
  });

  test('a page that leaves hangs up, and comes back from the back-forward cache', async () => {
    const { watch, clock, sockets, socket, page } = watching();
    page.fire('pagehide');
    assert.deepEqual([watch.state, socket().closedByClient, clock.pending.size], ['stale', true, 0]);
    page.fire('pageshow');
    socket().open();
    assert.deepEqual([sockets.length, socket().watch().version], [2, 5]);
  });
});

describe('private views', () => {
  test('a guest sees the reservation, only newer ones, also over a reconnect', async () => {
    const { live, clock, socket } = watching();
    const seen = recorder();
    const watch = live.watchReservation('wt', seen);
    await settled();
    const { ref, token } = socket().watch();
    assert.equal(token, 'wt');
    socket().hear({ ...reservation(1, 'confirmed'), ref }, { ...reservation(3, 'cancelled'), ref }, { ...reservation(2, 'held'), ref });
    assert.deepEqual([seen.versions, watch.value], [[1, 3], { kind: 'reservation', id: 'r1', version: 3, status: 'cancelled' }]);
    socket().drop();
    await clock.pass(500);
    socket().open();
    await settled();
    socket().hear({ ...reservation(3, 'cancelled'), ref: socket().watch().ref });
    assert.deepEqual([seen.versions, seen.states], [[1, 3], ['live', 'stale', 'live']]);
  });

  test('a waitlist entry is such a view', async () => {
    const { live, socket } = watching();
    const seen = recorder();
    live.watchReservation('wt', seen);
    await settled();
    socket().hear({ op: 'waitlist', ref: socket().watch().ref, id: 'w1', version: 2, status: 'offered', offer: { time: '19:00' } });
    assert.deepEqual([seen.values[0].kind, seen.values[0].offer.time], ['waitlist', '19:00']);
  });

  test('an expired token ends its watch, or is renewed with back-off', async () => {
    const { live, clock, socket } = watching();
    const fixed = recorder();
    live.watchReservation('old', fixed);
    await settled();
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'token-expired', message: 'Expired.' });
    assert.deepEqual([fixed.states, fixed.errors], [['ended'], ['token-expired']]);
    let made = 0;
    const seen = recorder();
    const watch = live.watchReservation(() => `token-${++made}`, seen);
    await settled();
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'token-expired', message: 'Expired.' });
    await clock.pass(499);
    assert.equal(made, 1);
    await clock.pass(1);
    assert.deepEqual([socket().watch().token, watch.state], ['token-2', 'connecting']);
    socket().hear({ ...reservation(1, 'confirmed'), ref: socket().watch().ref });
    assert.equal(watch.state, 'live');
  });

  test('staff see each change once; the probe behind the watch confirms it', () => {
    const { live, socket } = watching({ token: 'staff' });
    const seen = recorder();
    const watch = live.watchVenue('v', seen);
    const { ref } = socket().watch();
    assert.deepEqual([socket().probe().ref, watch.state], [`?${ref}`, 'connecting']);
    socket().answerProbe();
    assert.equal(watch.state, 'live');
    const other = { op: 'reservation', ref, id: 'r2', version: 1 };
    socket().hear({ ...reservation(2), ref }, other, { ...reservation(1), ref }, other, { ...reservation(3), ref });
    assert.deepEqual(seen.values.map(({ id, version }) => [id, version]), [['r1', 2], ['r2', 1], ['r1', 3]]);
  });

  test('staff who read too slowly are told that changes are missing, and to load the list anew by another live', () => {
    const { live, socket } = watching({ token: 'staff' });
    const seen = recorder();
    live.watchVenue('v', seen);
    socket().answerProbe();
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'missed-changes', message: 'Load the list anew.' });
    assert.deepEqual([seen.states.at(-1), seen.errors, seen.states.length], ['live', ['missed-changes'], 3]);
  });

  test('staff whose token has expired come back with a new one', async () => {
    let made = 0;
    const { live, clock, socket } = world({ token: () => `staff-${++made}` });
    await settled();
    socket().open();
    live.watchVenue('v', recorder());
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'token-expired', message: 'Expired.' });
    await clock.pass(500);
    assert.deepEqual(socket().protocols, ['lasttable.v1', 'bearer.staff-2']);
  });

  test('staff without the right are refused', async () => {
    const { live, socket } = world({ token: () => 'guest' });
    const seen = recorder();
    await settled();
    socket().open();
    live.watchVenue('v', seen);
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'forbidden', message: 'No.' });
    socket().answerProbe();
    assert.deepEqual([seen.states, seen.errors], [['ended'], ['forbidden']]);
  });
});

describe('server-sent events', () => {
  /** A world where sockets are blocked, and the second failure has opened a stream. */
  async function blocked(options) {
    const it = world(options);
    const seen = recorder();
    const watch = it.live.watchDay('v', '2026-11-28', seen);
    it.socket().drop();
    await it.clock.pass(500);
    it.socket().drop();
    await settled();
    return { ...it, seen, watch };
  }

  test('carry the day where no socket can be opened', async () => {
    const { live, watch, seen, stream } = await blocked();
    assert.deepEqual([stream().url, stream().headers['Last-Event-ID']], ['http://h/v1/live/venues/v/days/2026-11-28', undefined]);
    await stream().frame(day(9, slot(19, { 2: 1 })));
    const whole = JSON.stringify({ ...change(9, 10, slot(19, {})), ref: 'day' });
    await stream().write(`id: 10\ndata: ${whole.slice(0, 20)}`);
    await stream().write(`${whole.slice(20)}\n`);
    assert.deepEqual(seen.versions, [9]);
    await stream().write('\n');
    assert.deepEqual([seen.versions, watch.state, live.state], [[9, 10], 'live', 'live']);
  });

  test('give way to the socket as soon as one opens', async () => {
    const { clock, socket, stream, watch } = await blocked();
    await stream().frame(day(9));
    await clock.pass(1_000);
    socket().open();
    assert.deepEqual([stream().signal.aborted, socket().watch().version, watch.state], [true, 9, 'stale']);
    socket().hear({ op: 'current', ref: socket().watch().ref, version: 9 });
    assert.equal(watch.state, 'live');
  });

  test('resume with the version, which the stream confirms', async () => {
    const { clock, stream, streams, watch } = await blocked();
    await stream().frame(day(9));
    await stream().end();
    assert.equal(watch.state, 'stale');
    await clock.pass(500);
    assert.deepEqual([streams.length, stream().headers['Last-Event-ID']], [2, '9']);
    await stream().write(': current 9\n\n');
    assert.equal(watch.state, 'live');
  });

  test('that fall silent are opened anew; a ping is a sign of life', async () => {
    const { clock, stream, streams, watch, socket } = await blocked();
    await stream().frame(day(9));
    for (let i = 0; i < 3; i++) {
      await clock.pass(PING);
      await stream().write(': ping\n\n');
    }
    assert.deepEqual([streams.length, watch.state], [1, 'live']);
    await clock.pass(PING + ANSWER - 1);
    assert.equal(watch.state, 'live');
    await clock.pass(1);
    assert.deepEqual([watch.state, streams[0].signal.aborted, socket().readyState], ['stale', true, 0]);
  });

  test('that miss a change or make no sense ask for the whole day', async () => {
    const { clock, stream, streams, watch, reports } = await blocked();
    await stream().frame(day(9));
    await stream().frame(change(11, 12));
    assert.equal(watch.state, 'stale');
    await clock.pass(0);
    assert.deepEqual([streams.length, stream().headers['Last-Event-ID']], [2, undefined]);
    await stream().frame(day(12));
    await stream().write('data: nonsense\n\n');
    assert.deepEqual([watch.state, watch.value.version, reports], ['stale', 12, ['bad-frame']]);
  });

  test('come back when bye says', async () => {
    const { clock, stream, streams } = await blocked();
    await stream().frame(day(9));
    await stream().write('retry: 1800\nevent: bye\ndata: {"op":"bye","reconnectAfterMs":1800}\n\n');
    await stream().end();
    await clock.pass(1_799);
    assert.equal(streams.length, 1);
    await clock.pass(1);
    assert.equal(streams.length, 2);
  });

  test('honour Retry-After, and end where there is no such venue', async () => {
    const answers = [{ ok: false, status: 503, headers: new Headers({ 'Retry-After': '7' }) },
      { ok: false, status: 404, headers: new Headers(), json: async () => ({ type: '/problems/unknown-venue', detail: 'No.' }) }];
    const { clock, streams, watch, seen } = await blocked({ answer: () => answers.shift() });
    await clock.pass(6_999);
    assert.equal(streams.length, 1);
    await clock.pass(1);
    assert.deepEqual([streams.length, watch.state, seen.errors], [2, 'ended', ['unknown-venue']]);
  });

  test('carry no private view, which says that it is not live', async () => {
    const { live, stream } = await blocked();
    const watch = live.watchReservation('wt', () => {});
    await stream().frame(day(9));
    assert.equal(watch.state, 'connecting');
  });

  test('are at most four', async () => {
    const { live, streams } = await blocked();
    const more = [1, 2, 3, 4].map((each) => live.watchDay(`v${each}`, '2026-11-28', () => {}));
    await settled();
    assert.equal(streams.length, 4);
    more[0].stop();
    await settled();
    assert.equal(streams.length, 5);
  });

  test('serve a platform without sockets', async () => {
    const it = world({ WebSocket: undefined });
    const watch = it.live.watchDay('v', '2026-11-28', () => {});
    await it.clock.pass(2_000);
    await it.stream().frame(day(3));
    assert.equal(watch.state, 'live');
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_PAUSE, change, day, recorder, slot, watching } from './world.mjs';

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
    await clock.pass(FIRST_PAUSE);
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
    await clock.pass(FIRST_PAUSE);
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

  test('is stale while its replica hears of changes late, and says why', () => {
    const { live, watch, seen, socket } = watching();
    const reasons = [];
    const other = live.watchDay('w', '2026-11-28', { onstate: ({ state, reason }) => reasons.push([state, reason]) });
    socket().hear({ ...day(1), ref: socket().watch().ref }, { op: 'feed', state: 'delayed' });
    assert.deepEqual([watch.state, watch.reason, other.state, live.state], ['stale', 'delayed', 'stale', 'delayed']);
    socket().hear({ ...change(5, 6), ref: '1' });
    assert.deepEqual([watch.state, seen.versions], ['stale', [5, 6]], 'late is better than never');
    socket().hear({ op: 'feed', state: 'live' });
    assert.deepEqual([watch.state, live.state, seen.states], ['live', 'live', ['live', 'stale', 'live']]);
    socket().drop();
    assert.deepEqual(reasons, [['live', undefined], ['stale', 'delayed'], ['live', undefined], ['stale', 'lost']]);
  });

  test('takes it as the truth when the server says that a day starts over', async () => {
    const { live, watch, seen, clock, socket } = watching();
    const told = [];
    live.watchDay('v', '2026-11-29', (each, { restarted }) => told.push([each.version, restarted]), { known: { ...day(900), slots: [] } });
    const { ref } = socket().watch();
    socket().hear({ ...day(2, slot(19, { 2: 1 })), restarted: true, ref }, { ...change(2, 3), ref });
    assert.deepEqual(told, [[2, true], [3, false]]);
    socket().drop();
    await clock.pass(FIRST_PAUSE);
    const asked = socket().open().sent.find(({ date }) => date === '2026-11-28');
    socket().hear({ ...day(1, slot(18, { 2: 9 })), restarted: true, ref: asked.ref });
    assert.deepEqual([watch.state, watch.value.version, watch.value.slots[0].left, seen.versions], ['live', 1, { 2: 9 }, [5, 1]]);
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

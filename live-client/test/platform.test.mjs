// What the language offers to those who hold something live: signals, loops, promises, disposal.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { change, day, LiveError, recorder, reservation, settled, watching, world } from './world.mjs';

describe('a signal', () => {
  test('ends its watch', () => {
    const { live, socket } = watching();
    const ending = new AbortController();
    const seen = recorder();
    const watch = live.watchDay('w', '2026-11-28', seen, { signal: ending.signal });
    const { ref } = socket().watch();
    ending.abort();
    assert.deepEqual([watch.state, seen.states, socket().sent.at(-1)], ['ended', [], { op: 'unwatch', ref }]);
  });

  test('that was given before lets nothing begin', () => {
    const { live, socket } = watching();
    const asked = socket().sent.length;
    const watch = live.watchDay('w', '2026-11-28', () => {}, { signal: AbortSignal.abort() });
    assert.deepEqual([watch.state, socket().sent.length], ['ended', asked]);
    const { live: other, sockets } = world({ signal: AbortSignal.abort() });
    assert.deepEqual([other.state, sockets.length], ['closed', 0]);
  });

  test('ends the connection', () => {
    const ending = new AbortController();
    const { live, watch, clock, page } = watching({ signal: ending.signal });
    ending.abort();
    assert.deepEqual([live.state, watch.state, clock.pending.size, page.listeners], ['closed', 'ended', 0, 0]);
  });
});

describe('a loop', () => {
  test('over a watch gets what is there and the newest after it', async () => {
    const { watch, socket } = watching();
    const { ref } = socket().watch();
    const versions = [];
    const looping = (async () => { for await (const each of watch) versions.push(each.version); })();
    await settled();
    socket().hear({ ...change(5, 6), ref }, { ...change(6, 7), ref });
    await settled();
    watch.stop();
    await looping;
    assert.deepEqual(versions, [5, 7]);
  });

  test('over a venue gets the newest of every reservation', async () => {
    const { live, socket } = watching({ token: 'staff' });
    const watch = live.watchVenue('v');
    const { ref } = socket().watch();
    const seen = [];
    const looping = (async () => { for await (const { id, version } of watch) seen.push(`${id} ${version}`); })();
    socket().hear({ ...reservation(1), ref }, { ...reservation(1), id: 'r2', ref }, { ...reservation(2), ref });
    await settled();
    watch.stop();
    await looping;
    assert.deepEqual(seen, ['r1 2', 'r2 1']);
  });

  test('throws what refuses the watch', async () => {
    const { live, socket } = watching();
    const watch = live.watchDay('nowhere', '2026-11-28', { onerror() {} });
    const looping = (async () => { for await (const each of watch) assert.fail(each); })();
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'unknown-venue', message: 'No.' });
    await assert.rejects(looping, (error) => error instanceof LiveError && error.code === 'unknown-venue');
  });
});

describe('readiness', () => {
  test('comes with the first value', async () => {
    const { live, socket } = watching();
    const watch = live.watchDay('w', '2026-11-28');
    const { ready } = watch;
    socket().hear({ ...day(3), ref: socket().watch().ref });
    assert.deepEqual([(await ready).version, (await watch.ready).version], [3, 3]);
  });

  test('of the connection comes with hello', async () => {
    const it = world();
    const { ready } = it.live;
    it.socket().open();
    await ready;
    it.live.close();
    const other = world();
    const refused = other.live.ready;
    other.live.close();
    await assert.rejects(refused, { code: 'closed' });
  });

  test('does not come for what was refused or stopped', async () => {
    const { live, socket } = watching();
    const [refused, stopped] = [live.watchDay('nowhere', '2026-11-28', { onerror() {} }), live.watchDay('w', '2026-11-28')];
    socket().hear({ op: 'error', ref: socket().sent.at(-2).ref, code: 'unknown-venue', message: 'No.' });
    await assert.rejects(refused.ready, { code: 'unknown-venue' });
    stopped.stop();
    await assert.rejects(stopped.ready, { code: 'stopped' });
  });
});

test('what is disposed of ends', () => {
  const { live, watch } = watching();
  const dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');
  watch[dispose]();
  assert.equal(watch.state, 'ended');
  live[dispose]();
  assert.equal(live.state, 'closed');
});

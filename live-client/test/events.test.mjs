import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ANSWER, FIRST_PAUSE, PING, change, day, recorder, settled, slot, world } from './world.mjs';

describe('server-sent events', () => {
  /** A world where sockets are blocked, and the second failure has opened a stream. */
  async function blocked(options) {
    const it = world(options);
    const seen = recorder();
    const watch = it.live.watchDay('v', '2026-11-28', seen);
    it.socket().drop();
    await it.clock.pass(FIRST_PAUSE);
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

  test('give way to a socket once that is live', async () => {
    const { clock, socket, stream, watch, seen } = await blocked();
    await stream().frame(day(9));
    await clock.pass(2_000);
    socket().open();
    assert.deepEqual([stream().signal.aborted, socket().watch().version, watch.state], [false, 9, 'live']);
    await stream().frame(change(9, 10));
    socket().hear({ op: 'current', ref: socket().watch().ref, version: 9 });
    assert.equal(stream().signal.aborted, false, 'it is ahead of the socket');
    socket().hear({ ...change(9, 10), ref: socket().watch().ref });
    assert.deepEqual([stream().signal.aborted, watch.state, seen.states, seen.versions], [true, 'live', ['live'], [9, 10]]);
  });

  test('resume with the version, which the stream confirms', async () => {
    const { clock, stream, streams, watch } = await blocked();
    await stream().frame(day(9));
    await stream().end();
    assert.equal(watch.state, 'stale');
    await clock.pass(FIRST_PAUSE);
    assert.deepEqual([streams.length, stream().headers['Last-Event-ID']], [2, '9']);
    await stream().write(': current 9\n\n');
    assert.equal(watch.state, 'live');
  });

  test('that fall silent are opened anew; a ping is a sign of life', async () => {
    const { clock, stream, streams, watch } = await blocked();
    await stream().frame(day(9));
    for (let i = 0; i < 3; i++) {
      await clock.pass(PING);
      await stream().write(': ping\n\n');
    }
    assert.deepEqual([streams.length, watch.state], [1, 'live']);
    await clock.pass(PING + ANSWER - 1);
    assert.equal(watch.state, 'live');
    await clock.pass(1);
    assert.deepEqual([watch.state, streams[0].signal.aborted], ['stale', true]);
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

  test('say too that the replica hears of changes late', async () => {
    const { watch, stream, live, seen } = await blocked();
    await stream().frame(day(9));
    await stream().write('event: feed\ndata: {"op":"feed","state":"delayed"}\n\n');
    assert.deepEqual([watch.state, watch.reason, live.state], ['stale', 'delayed', 'delayed']);
    await stream().write('event: feed\ndata: {"op":"feed","state":"live"}\n\n');
    assert.deepEqual([seen.states, live.state], [['live', 'stale', 'live'], 'live']);
  });

  test('serve a platform without sockets', async () => {
    const it = world({ WebSocket: undefined });
    const watch = it.live.watchDay('v', '2026-11-28', () => {});
    await settled();
    await it.stream().frame(day(3));
    assert.equal(watch.state, 'live');
    const seen = recorder();
    it.live.watchReservation('wt', seen);
    await it.clock.pass(600_000);
    assert.deepEqual([it.reports, seen.errors, seen.states], [[], ['no-websocket'], ['ended']]);
  });
});

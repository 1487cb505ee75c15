import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ANSWER, FIRST_PAUSE, PING, change, watching } from './world.mjs';

describe('liveness', () => {
  test('a dead socket is found within a ping interval and the time to answer', async () => {
    const { watch, clock, socket, sockets } = watching();
    const heardAt = clock.now;
    await clock.pass(PING);
    assert.deepEqual([socket().probe().ref, watch.state], ['?', 'live']);
    await clock.pass(ANSWER);
    assert.deepEqual([watch.state, watch.since], ['stale', heardAt]);
    await clock.pass(FIRST_PAUSE);
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
    await clock.pass(ANSWER + FIRST_PAUSE);
    assert.equal(sockets.length, 2);
  });

  test('a clock that is set back is no sign of life', async () => {
    const { watch, clock, page } = watching();
    clock.now -= 3_600_000;
    page.show('visible');
    assert.equal(watch.state, 'stale');
  });

  test('a page that nobody looks at, whose timers run once a minute, does not flap', async () => {
    const { seen, clock, socket, page, sockets } = watching();
    page.show('hidden');
    clock.throttle = 60_000;
    for (let i = 0; i < 10; i++) {
      const asked = socket().sent.length;
      await clock.pass(60_000);
      if (socket().sent.length > asked) socket().answerProbe();
    }
    assert.deepEqual([seen.states, sockets.length], [['live'], 1]);
    clock.now += 60_000;
    page.show('visible');
    assert.equal(seen.states.at(-1), 'stale', 'now somebody looks, and it is not known');
    socket().answerProbe();
    assert.equal(seen.states.at(-1), 'live');
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

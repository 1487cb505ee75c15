import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { serveTabs } from '../src/trunk.js';
import { change, connect, day, FIRST_PAUSE, recorder, ScriptedSocket, settled, VirtualClock } from './world.mjs';

const tabs = [];
afterEach(() => tabs.splice(0).forEach(({ live }) => live.close()));

/** Messages between a tab and its worker take their turns. */
const delivered = async () => { for (let i = 0; i < 20; i++) await settled(); };

/** A browser: one worker, locks, and sockets that the test speaks for. */
function browser() {
  const sockets = [];
  class Socket extends ScriptedSocket {
    constructor(...args) {
      super(...args);
      sockets.push(this);
    }
  }
  const holders = new Map();
  const locks = {
    async request(name, run) {
      const before = holders.get(name);
      const mine = (async () => { await before; await run(); })();
      holders.set(name, mine);
      return mine;
    },
  };
  const scope = { WebSocket: Socket, navigator: { locks }, setTimeout, clearTimeout };
  serveTabs(scope);
  class SharedWorker {
    constructor() {
      const { port1, port2 } = new MessageChannel();
      scope.onconnect({ ports: [port2] });
      this.port = port1;
    }
  }
  const clock = new VirtualClock();
  const tab = (options) => {
    const live = connect({ url: 'http://h', shared: '/v1/live/client.js', WebSocket: Socket, SharedWorker, locks, fetch: undefined,
      window: {}, clock, now: () => clock.now, random: () => 1, ...options });
    const seen = recorder();
    tabs.push({ live });
    return { live, seen, watch: live.watchDay('v', '2026-11-28', seen) };
  };
  return { sockets, socket: () => sockets.at(-1), tab, clock };
}

const watches = (socket) => socket.sent.filter(({ op }) => op === 'watch').map(({ ref }) => ref);

describe('tabs that share', () => {
  test('have one connection, and each hears its own', async () => {
    const { sockets, socket, tab } = browser();
    const [one, two] = [tab(), tab()];
    await delivered();
    socket().open();
    const three = tab();
    await delivered();
    assert.deepEqual([sockets.length, watches(socket())], [1, ['1.1', '2.1', '3.1']]);
    socket().hear({ ...day(5), ref: '1.1' }, { ...day(6), ref: '3.1' });
    await delivered();
    assert.deepEqual([one.watch.value.version, two.watch.state, three.watch.value.version], [5, 'connecting', 6]);
    socket().hear({ op: 'feed', state: 'delayed' });
    await delivered();
    assert.deepEqual([one.watch.reason, three.watch.reason, tab().live.state], ['delayed', 'delayed', 'connecting']);
  });

  test('leave one by one, and the last hangs up', async () => {
    const { socket, tab } = browser();
    const [one, two] = [tab(), tab()];
    await delivered();
    socket().open();
    await delivered();
    one.live.close();
    await delivered();
    assert.deepEqual([socket().sent.at(-1), socket().readyState], [{ op: 'unwatch', ref: '1.1' }, 1]);
    two.live.close();
    await delivered();
    assert.equal(socket().readyState, 3);
  });

  test('that crash leave too, since they let go of their lock', async () => {
    const { socket, tab } = browser();
    const crashed = tab();
    tab();
    await delivered();
    socket().open();
    await delivered();
    crashed.live.current.socket.letGo();
    await delivered();
    assert.deepEqual([socket().sent.at(-1), socket().readyState], [{ op: 'unwatch', ref: '1.1' }, 1]);
  });

  test('move to the next replica together, before the old one goes', async () => {
    const { sockets, socket, tab, clock } = browser();
    const all = [tab(), tab()];
    await delivered();
    socket().open();
    await delivered();
    watches(socket()).forEach((ref) => socket().hear({ ...day(5), ref }));
    socket().hear({ op: 'bye', reconnectAfterMs: 1_000 });
    await delivered();
    await clock.pass(1_000);
    await delivered();
    assert.deepEqual([sockets.length, sockets[0].readyState], [2, 1]);
    socket().open();
    await delivered();
    watches(socket()).forEach((ref) => socket().hear({ op: 'current', ref, version: 5 }));
    await delivered();
    assert.deepEqual([sockets[0].readyState, ...all.map(({ seen }) => seen.states)], [3, ['live'], ['live']]);
  });

  test('come back each by its own pause when the connection breaks, to one connection', async () => {
    const { sockets, socket, tab, clock } = browser();
    const all = [tab(), tab({ random: () => 0.5 })];
    await delivered();
    socket().open();
    await delivered();
    socket().drop(1006);
    await delivered();
    await clock.pass(FIRST_PAUSE);
    await delivered();
    assert.equal(sockets.length, 2);
    socket().open();
    await delivered();
    watches(socket()).forEach((ref) => socket().hear({ ...change(5, 6), ...day(6), ref }));
    await delivered();
    assert.deepEqual(all.map(({ watch }) => watch.state), ['live', 'live']);
  });

  test('do not come back to a connection that one of them has found dead', async () => {
    const { sockets, socket, tab, clock } = browser();
    tab();
    const other = tab();
    await delivered();
    socket().open();
    await delivered();
    other.live.doubt();
    await delivered();
    await clock.pass(5_000);
    await delivered();
    await clock.pass(FIRST_PAUSE);
    await delivered();
    assert.equal(sockets.length, 2);
  });

  test('of different tokens have a connection each', async () => {
    const { sockets, tab } = browser();
    tab({ token: 'one' });
    tab({ token: 'two' });
    tab();
    await delivered();
    assert.deepEqual(sockets.map(({ protocols }) => protocols[1]), ['bearer.one', 'bearer.two', undefined]);
  });

  test('have sockets of their own where the script does not run', async () => {
    const { sockets, tab, clock } = browser();
    class Silent {
      port = new MessageChannel().port1;
    }
    const { live } = tab({ SharedWorker: Silent });
    await clock.pass(10_000 + FIRST_PAUSE);
    sockets[0].open();
    assert.deepEqual([sockets.length, live.state], [1, 'live']);
    tab({ locks: undefined });
    assert.equal(sockets.length, 2);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_PAUSE, watching } from './world.mjs';

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
      await clock.pass(FIRST_PAUSE);
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
    assert.deepEqual([pauses, reports.length], [[1_000, 500, 1_000, 2_000, 4_000], 5]);
  });

  test('of a later protocol is ignored', () => {
    const { watch, socket } = watching();
    socket().hear({ op: 'confetti' }, { op: 'confetti', ref: socket().watch().ref });
    assert.equal(watch.state, 'live');
  });
});

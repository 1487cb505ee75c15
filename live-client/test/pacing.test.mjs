import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day, recorder, watching } from './world.mjs';

const MONTH = Array.from({ length: 28 }, (_, i) => `2026-11-${String(i + 1).padStart(2, '0')}`);

/** The server's rule: 200 at once, 20 a second. Says whether `sent`, a list of times, keeps it. */
function keepsTheLimit(sent) {
  let left = 200;
  let before = sent[0];
  return sent.every((at) => {
    left = Math.min(200, left + ((at - before) * 20) / 1000) - 1;
    before = at;
    return left >= 0;
  });
}

/** Pages through months; returns when what was sent. */
async function paging(pages, everyMs) {
  const it = watching();
  const sent = [];
  const { socket, clock, live } = it;
  socket().send = (text) => {
    sent.push({ at: clock.now, ...JSON.parse(text) });
    if (sent.at(-1).ref === '?') clock.setTimeout(() => socket().hear({ op: 'error', ref: '?', code: 'unknown-ref', message: '' }), 50);
  };
  let shown = [];
  for (let page = 0; page < pages; page++) {
    shown.forEach((watch) => watch.stop());
    shown = MONTH.map((date) => live.watchDay(`v${page}`, date, recorder()));
    await clock.pass(everyMs);
  }
  await clock.pass(10_000);
  return { ...it, sent, shown };
}

describe('paging through a month view', () => {
  for (const [pages, everyMs] of [[8, 700], [30, 100], [60, 1_000]]) {
    test(`${pages} times, every ${everyMs} ms, stays below the server's limit and ends at the last page`, async () => {
      const { sent } = await paging(pages, everyMs);
      assert.ok(keepsTheLimit(sent.map(({ at }) => at)), `${sent.length} messages`);
      const watched = new Map();
      for (const { op, ref, venueId, date } of sent) {
        if (op === 'watch') watched.set(ref, [venueId, date]);
        else assert.ok(ref === '?' || watched.delete(ref) || ref === '1', `${ref} was not watched`);
      }
      assert.deepEqual([...watched.values()], MONTH.map((date) => [`v${pages - 1}`, date]));
    });
  }

  test('sends nothing for a page that is gone before its turn', async () => {
    const { sent } = await paging(30, 100);
    assert.ok(sent.length < 30 * 28, `${sent.length} messages`);
  });

  test('after the server has complained goes on more slowly', async () => {
    const { live, clock, socket } = watching();
    socket().drop(4429);
    await clock.pass(60_000);
    socket().open();
    MONTH.concat(MONTH, MONTH).forEach((date) => live.watchDay('v', date, () => {}));
    assert.equal(socket().sent.length, 50);
  });

  test('a sign of life is asked for at once, whatever waits', async () => {
    const { live, page, socket } = watching();
    for (let i = 0; i < 5; i++) MONTH.forEach((date) => live.watchDay(`v${i}`, date, () => {}));
    page.fire('offline');
    assert.equal(socket().sent.at(-1).ref, '?');
  });

  test('what has waited is answered like the rest', async () => {
    const { shown, socket, sent } = await paging(6, 300);
    socket().hear({ ...day(3), ref: sent.at(-1).ref });
    assert.equal(shown.at(-1).state, 'live');
  });
});

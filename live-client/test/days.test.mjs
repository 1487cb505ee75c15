import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { change, day, FIRST_PAUSE, recorder, settled, watching } from './world.mjs';

const DATES = ['2026-12-01', '2026-12-02', '2026-12-03'];

/** A world in which three more days are watched as one. */
function month(options) {
  const it = watching();
  const seen = recorder();
  const watch = it.live.watchDays('v', DATES, seen, options);
  const refs = () => it.socket().sent.filter(({ op, date }) => op === 'watch' && DATES.includes(date)).slice(-3).map(({ ref }) => ref);
  const hear = (i, frame) => it.socket().hear({ ...frame, date: DATES[i], ref: refs()[i] });
  return { ...it, seen, watch, refs, hear };
}

describe('several days in one watch', () => {
  test('are live when each is', () => {
    const { watch, seen, hear } = month();
    hear(0, day(5));
    hear(2, day(7));
    assert.deepEqual([watch.state, [...watch.value.keys()]], ['connecting', [DATES[0], DATES[2]]]);
    const before = watch.value;
    hear(1, day(6));
    assert.deepEqual([watch.state, seen.states, watch.value.get(DATES[1]).version], ['live', ['live'], 6]);
    assert.notEqual(watch.value, before, 'what was handed out does not change');
    hear(1, change(6, 8));
    assert.deepEqual(seen.versions, [5, 7, 6, 8]);
  });

  test('are stale while one is, and resume', async () => {
    const { watch, seen, hear, clock, socket, refs } = month();
    [0, 1, 2].forEach((i) => hear(i, day(5)));
    socket().drop();
    assert.deepEqual([watch.state, watch.reason], ['stale', 'lost']);
    await clock.pass(FIRST_PAUSE);
    socket().open();
    refs().forEach((ref, i) => socket().hear({ op: 'current', ref, version: 5, date: DATES[i] }));
    assert.deepEqual(seen.states, ['live', 'stale', 'live']);
  });

  test('do without one that there is not, and end when none is left', () => {
    const { watch, seen, hear, socket, refs } = month();
    const dates = [];
    watch.handlers.onerror = ({ code, date }) => dates.push(`${code} ${date}`);
    const no = (i) => socket().hear({ op: 'error', ref: refs()[i], code: 'unknown-day', message: 'No.' });
    no(2);
    hear(0, day(5));
    hear(1, day(5));
    assert.deepEqual([watch.state, dates], ['live', [`unknown-day ${DATES[2]}`]]);
    no(0);
    no(1);
    assert.deepEqual([seen.states, watch.error.code], [['live', 'ended'], 'unknown-day']);
  });

  test('stop together', () => {
    const ending = new AbortController();
    const { live, watch, socket, refs } = month({ signal: ending.signal });
    ending.abort();
    assert.deepEqual(socket().sent.slice(-3), refs().map((ref) => ({ op: 'unwatch', ref })));
    const other = live.watchDays('v', DATES);
    live.close();
    assert.deepEqual([watch.state, other.state], ['ended', 'ended']);
  });

  test('are a loop over the newest of each', async () => {
    const { watch, hear } = month();
    const seen = [];
    const looping = (async () => { for await (const { date, version } of watch) seen.push(`${date} ${version}`); })();
    hear(0, day(5));
    hear(1, day(6));
    hear(0, change(5, 7));
    await settled();
    watch.stop();
    await looping;
    assert.deepEqual(seen, [`${DATES[0]} 7`, `${DATES[1]} 6`].sort());
  });
});

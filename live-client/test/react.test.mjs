import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createElement, StrictMode } from 'react';
import { act, create } from 'react-test-renderer';
import { LiveProvider, useDay, useDays, useReservation } from '../react.js';
import { change, day, reservation, settled, world } from './world.mjs';

globalThis.IS_REACT_ACT_ENVIRONMENT = true;
const quiet = console.error;
console.error = (text, ...rest) => String(text).includes('react-test-renderer is deprecated') || quiet(text, ...rest);

/** What a component showed, one entry for each time that it was rendered. */
async function shown(it, hook, props) {
  const views = [];
  const Shown = (names) => (views.push(hook(names)), null);
  const page = (names) => createElement(LiveProvider, { live: it.live }, createElement(Shown, names));
  let root;
  await act(async () => { root = create(page(props)); });
  return { views, show: (names) => act(async () => root.update(page(names))), leave: () => act(async () => root.unmount()) };
}

describe('useDay', () => {
  const hook = ({ venueId, date }) => useDay(venueId, date);

  test('shows a day for as long as the component is there', async () => {
    const it = world();
    it.socket().open();
    const { views, leave } = await shown(it, hook, { venueId: 'v', date: '2026-11-28' });
    assert.equal(views[0].state, 'connecting');
    const { ref } = it.socket().watch();
    await act(async () => it.socket().hear({ ...day(5), ref }));
    await act(async () => it.socket().hear({ ...change(5, 6), ref }));
    assert.deepEqual([views.at(-1).state, views.at(-1).value.version], ['live', 6]);
    await act(async () => it.socket().hear({ op: 'feed', state: 'delayed' }));
    assert.deepEqual([views.at(-1).state, views.at(-1).reason], ['stale', 'delayed']);
    await leave();
    assert.deepEqual([it.socket().sent.at(-1), it.live.watches.size], [{ op: 'unwatch', ref }, 0]);
  });

  test('never shows the day that was named before', async () => {
    const it = world();
    it.socket().open();
    const { views, show } = await shown(it, hook, { venueId: 'v', date: '2026-11-28' });
    await act(async () => it.socket().hear({ ...day(5), ref: it.socket().watch().ref }));
    const before = views.length;
    await show({ venueId: 'v', date: '2026-11-29' });
    assert.ok(views.slice(before).every(({ value, state }) => value === undefined && state === 'connecting'));
    assert.equal(it.socket().watch().date, '2026-11-29');
  });

  test('watches nothing while nothing is named, and says what was refused', async () => {
    const it = world();
    it.socket().open();
    const { views, show } = await shown(it, hook, {});
    assert.deepEqual([it.socket().sent, views.at(-1).state], [[], 'connecting']);
    await show({ venueId: 'nowhere', date: '2026-11-28' });
    await act(async () => it.socket().hear({ op: 'error', ref: it.socket().watch().ref, code: 'unknown-venue', message: 'No.' }));
    assert.deepEqual([views.at(-1).state, views.at(-1).error.code], ['ended', 'unknown-venue']);
  });

  test('leaves one watch in strict mode, which mounts twice', async () => {
    const it = world();
    it.socket().open();
    const Shown = () => (useDay('v', '2026-11-28', { live: it.live }), null);
    await act(async () => create(createElement(StrictMode, null, createElement(Shown))));
    assert.equal(it.live.watches.size, 1);
  });
});

test('useDays shows a month, and watches it once', async () => {
  const it = world();
  it.socket().open();
  const month = () => ({ venueId: 'v', dates: ['2026-12-01', '2026-12-02'] });
  const { views, show } = await shown(it, ({ venueId, dates }) => useDays(venueId, dates), month());
  const refs = it.socket().sent.map(({ ref }) => ref);
  await act(async () => refs.forEach((ref, i) => it.socket().hear({ ...day(i + 5), date: `2026-12-0${i + 1}`, ref })));
  await show(month());
  assert.deepEqual([views.at(-1).state, [...views.at(-1).value.values()].map(({ version }) => version)], ['live', [5, 6]]);
  assert.equal(it.socket().sent.length, 2);
});

test('useReservation shows one reservation', async () => {
  const it = world();
  it.socket().open();
  const { views } = await shown(it, ({ token }) => useReservation(token), { token: 'wt' });
  await settled();
  await act(async () => it.socket().hear({ ...reservation(2, 'confirmed'), ref: it.socket().watch().ref }));
  assert.deepEqual([views.at(-1).state, views.at(-1).value.status], ['live', 'confirmed']);
});

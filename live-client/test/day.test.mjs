import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apply, bookable, change, day, durationMs, slot } from './world.mjs';

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

  test('slots whose cut-off has passed are left out to the second, though no news of it has come', () => {
    const evening = day(1, { ...slot(18, { 2: 1 }), closesAt: '2026-11-28T15:00:00Z' }, slot(19, { 2: 1 }));
    assert.deepEqual(bookable(evening, Date.parse('2026-11-28T14:59:59Z')).map(({ time }) => time), ['18:00', '19:00']);
    assert.deepEqual(bookable(evening, Date.parse('2026-11-28T15:00:00Z')).map(({ time }) => time), ['19:00']);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_PAUSE, recorder, reservation, settled, watching, world } from './world.mjs';

describe('private views', () => {
  test('a guest sees the reservation, only newer ones, also over a reconnect', async () => {
    const { live, clock, socket } = watching();
    const seen = recorder();
    const watch = live.watchReservation('wt', seen);
    await settled();
    const { ref, token } = socket().watch();
    assert.equal(token, 'wt');
    socket().hear({ ...reservation(1, 'confirmed'), ref }, { ...reservation(3, 'cancelled'), ref }, { ...reservation(2, 'held'), ref });
    assert.deepEqual([seen.versions, watch.value], [[1, 3], { kind: 'reservation', id: 'r1', version: 3, status: 'cancelled' }]);
    socket().drop();
    await clock.pass(FIRST_PAUSE);
    socket().open();
    await settled();
    socket().hear({ ...reservation(3, 'cancelled'), ref: socket().watch().ref });
    assert.deepEqual([seen.versions, seen.states], [[1, 3], ['live', 'stale', 'live']]);
  });

  test('a waitlist entry is such a view', async () => {
    const { live, socket } = watching();
    const seen = recorder();
    live.watchReservation('wt', seen);
    await settled();
    socket().hear({ op: 'waitlist', ref: socket().watch().ref, id: 'w1', version: 2, status: 'offered', offer: { time: '19:00' } });
    assert.deepEqual([seen.values[0].kind, seen.values[0].offer.time], ['waitlist', '19:00']);
  });

  test('an expired token ends its watch, or is renewed with back-off', async () => {
    const { live, clock, socket } = watching();
    const fixed = recorder();
    live.watchReservation('old', fixed);
    await settled();
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'token-expired', message: 'Expired.' });
    assert.deepEqual([fixed.states, fixed.errors], [['ended'], ['token-expired']]);
    let made = 0;
    const seen = recorder();
    const watch = live.watchReservation(() => `token-${++made}`, seen);
    await settled();
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'token-expired', message: 'Expired.' });
    await clock.pass(FIRST_PAUSE - 1);
    assert.equal(made, 1);
    await clock.pass(1);
    assert.deepEqual([socket().watch().token, watch.state], ['token-2', 'connecting']);
    socket().hear({ ...reservation(1, 'confirmed'), ref: socket().watch().ref });
    assert.equal(watch.state, 'live');
  });

  test('staff see each change once; the probe behind the watch confirms it', () => {
    const { live, socket } = watching({ token: 'staff' });
    const seen = recorder();
    const watch = live.watchVenue('v', seen);
    const { ref } = socket().watch();
    assert.deepEqual([socket().probe().ref, watch.state], [`?${ref}`, 'connecting']);
    socket().answerProbe();
    assert.equal(watch.state, 'live');
    const other = { op: 'reservation', ref, id: 'r2', version: 1 };
    socket().hear({ ...reservation(2), ref }, other, { ...reservation(1), ref }, other, { ...reservation(3), ref });
    assert.deepEqual(seen.values.map(({ id, version }) => [id, version]), [['r1', 2], ['r2', 1], ['r1', 3]]);
  });

  test('staff who read too slowly are told that changes are missing, and to load the list anew by another live', () => {
    const { live, socket } = watching({ token: 'staff' });
    const seen = recorder();
    live.watchVenue('v', seen);
    socket().answerProbe();
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'missed-changes', message: 'Load the list anew.' });
    assert.deepEqual([seen.states.at(-1), seen.errors, seen.states.length], ['live', ['missed-changes'], 3]);
  });

  test('staff whose token has expired come back with a new one', async () => {
    let made = 0;
    const { live, clock, socket } = world({ token: () => `staff-${++made}` });
    await settled();
    socket().open();
    live.watchVenue('v', recorder());
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'token-expired', message: 'Expired.' });
    await clock.pass(FIRST_PAUSE);
    assert.deepEqual(socket().protocols, ['lasttable.v1', 'bearer.staff-2']);
  });

  test('staff without the right are refused', async () => {
    const { live, socket } = world({ token: () => 'guest' });
    const seen = recorder();
    await settled();
    socket().open();
    live.watchVenue('v', seen);
    socket().hear({ op: 'error', ref: socket().watch().ref, code: 'forbidden', message: 'No.' });
    socket().answerProbe();
    assert.deepEqual([seen.states, seen.errors], [['ended'], ['forbidden']]);
  });
});

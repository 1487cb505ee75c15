// Hold, confirm, the refusal of who comes second, move, cancel: with what openapi-generator made of the document for fetch.
import assert from 'node:assert/strict';
import {
  Configuration, IllegalTransitionProblemFromJSON, ReservationsApi, ResponseError, SlotTakenProblemFromJSON,
} from './generated/typescript-fetch/index.js';

const [basePath = '', token = '', venueId = '', day = ''] = process.argv.slice(2);
const api = new ReservationsApi(new Configuration({ basePath, accessToken: async () => token }));
const date = new Date(day);
const once = () => ({ idempotencyKey: crypto.randomUUID() });

const refusal = async (asked: Promise<unknown>) => {
  const error = await asked.then(() => undefined, (refused: unknown) => refused);
  assert(error instanceof ResponseError, String(error));
  return error.response.json();
};

const held = await api.createHold({ venueId, holdInput: { date, time: '19:00', partySize: 2 }, ...once() });
assert.equal(held.status, 'held');
const { id } = held;
const confirmed = await api.confirmReservation({ id, confirmInput: { guest: { name: 'Ada', email: 'ada@example.com' } }, ...once() });
assert.equal(confirmed.status, 'confirmed');
assert.equal(confirmed.tables.length, 1);

const booking = { date, time: '19:00', partySize: 2, guest: { name: 'Berta' } };
const taken = SlotTakenProblemFromJSON(await refusal(api.createReservation({ venueId, bookingInput: booking, ...once() })));
assert.equal(taken.status, 409);
assert.equal(taken.cause, 'table-taken');
assert(taken.alternatives.length > 0);

const moved = await api.changeReservation({ id, ifMatch: `"${confirmed.version}"`, reservationPatch: { time: '21:00' }, ...once() });
assert.equal(moved.time, '21:00');
const cancelled = await api.cancelReservation({ id, ...once() });
assert.equal(cancelled.status, 'cancelled');
const final = IllegalTransitionProblemFromJSON(await refusal(api.seatReservation({ id })));
assert.equal(final.currentStatus, 'cancelled');
console.log('booked');

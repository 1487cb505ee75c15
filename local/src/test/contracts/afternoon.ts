// Hold, confirm, the refusal of who comes second, move, cancel: through a client whose types come from the documents alone.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components as Availability, paths as AvailabilityPaths } from './generated/availability.js';
import type { paths as BookingPaths } from './generated/booking.js';

const [url = '', token = '', venueId = '', date = ''] = process.argv.slice(2);
const booking = createClient<BookingPaths>({ baseUrl: url, headers: { Authorization: `Bearer ${token}` } });
const availability = createClient<AvailabilityPaths>({ baseUrl: url });
const wanted = { date, time: '19:00', partySize: 2 };
const once = () => ({ 'Idempotency-Key': crypto.randomUUID() });

const { data: day } = await availability.GET('/v1/venues/{venueId}/availability', {
  params: { path: { venueId }, query: { date, partySize: 2 } },
});
const slot: Availability['schemas']['OpenSlot'] | undefined = day?.slots.find(({ time }) => time === '19:00');
assert.equal(slot?.left, 1);

const { data: held } = await booking.POST('/v1/venues/{venueId}/holds', {
  params: { path: { venueId }, header: once() }, body: wanted,
});
assert.equal(held?.status, 'held');

const path = { id: held.id };
const { data: confirmed } = await booking.POST('/v1/reservations/{id}/confirm', {
  params: { path, header: once() }, body: { guest: { name: 'Ada', email: 'ada@example.com' } },
});
assert.equal(confirmed?.status, 'confirmed');

const { error: refused } = await booking.POST('/v1/venues/{venueId}/reservations', {
  params: { path: { venueId }, header: once() }, body: { ...wanted, guest: { name: 'Berta' } },
});
assert(refused?.type === '/problems/slot-taken');
assert.equal(refused.status, 409);
assert.equal(refused.cause, 'table-taken');
const elsewhere = refused.alternatives.find(({ time }) => time !== '19:00');
assert(elsewhere);

const { data: moved } = await booking.PATCH('/v1/reservations/{id}', {
  params: { path, header: { 'If-Match': `"${confirmed.version}"`, ...once() } },
  headers: { 'Content-Type': 'application/merge-patch+json' },
  body: { date: elsewhere.date, time: elsewhere.time },
});
assert.equal(moved?.time, elsewhere.time);

const { data: cancelled } = await booking.POST('/v1/reservations/{id}/cancel', { params: { path, header: once() } });
assert.equal(cancelled?.status, 'cancelled');

const { error: final } = await booking.POST('/v1/reservations/{id}/seat', { params: { path } });
assert(final?.type === '/problems/illegal-transition');
assert.equal(final.status, 409);
assert.equal(final.currentStatus, 'cancelled');
console.log('booked');

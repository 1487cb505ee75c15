// What the house has laid down for all its days: whom to call, how far ahead and until when it is booked, and how long a table is made ready.

import { minutes } from '../common/hours.js';
import { duration, field } from './fields.js';

/** Fields that edit `venue`; what is emptied is laid down no more. */
export function rules(venue) {
  const window = venue.bookingWindow ?? {};
  const inWindow = (change) => { venue.bookingWindow = { ...venue.bookingWindow, ...change }; };
  const optional = { required: false };
  const span = (text) => (text ? minutes(text) : '');
  const lasting = (count) => (Number.isNaN(count) ? undefined : duration(count));
  return [
    field('houseNumber', { ...optional, type: 'tel', maxLength: 40, value: venue.phone ?? '' }, ({ value }) => { venue.phone = value.trim() || undefined; }),
    field('daysAhead', { ...optional, type: 'number', min: 0, max: 730, value: window.maxDaysAhead ?? '' }, ({ value, valueAsNumber }) => inWindow({ maxDaysAhead: value === '' ? undefined : valueAsNumber })),
    field('noticeMinutes', { ...optional, type: 'number', min: 0, value: span(window.minNotice) }, ({ valueAsNumber }) => inWindow({ minNotice: lasting(valueAsNumber) })),
    field('cutOffAt', { ...optional, type: 'time', value: window.sameDayCutoff ?? '' }, ({ value }) => inWindow({ sameDayCutoff: value || undefined })),
    field('bufferMinutes', { ...optional, type: 'number', min: 0, max: 120, value: span(venue.turnBuffer) }, ({ valueAsNumber }) => { venue.turnBuffer = lasting(valueAsNumber); })];
}

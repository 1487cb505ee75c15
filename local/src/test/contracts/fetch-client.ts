// What openapi-generator makes of the document for fetch, used as an application would.
import { Configuration, ReservationsApi } from './generated/typescript-fetch/index.js';

const api = new ReservationsApi(new Configuration({ basePath: 'https://reservations.example.com', accessToken: async () => 'token' }));

export const book = (venueId: string, date: Date) =>
  api.createHold({ venueId, holdInput: { date, time: '19:00', partySize: 2 }, idempotencyKey: crypto.randomUUID() })
    .then(({ id }) => api.confirmReservation({ id, confirmInput: { guest: { name: 'Ada' } } }));

// A venue as it stands, and as it would.

import { send, withToken } from '../common/http.js';

/** The venue as it stands, with the `etag` that a change of it has to name. */
export const venueWithTag = (venueId) => withTag(`/v1/venues/${venueId}`);

/** @param onlyTry whether nothing shall be changed; answered is the venue as it would stand, without a tag */
export const putVenue = (venue, etag, onlyTry) => withToken('venues:write', venue.venueId, (bearer) => withTag(
  `/v1/venues/${venue.venueId}${onlyTry ? '?validate=only' : ''}`,
  { method: 'PUT', headers: { 'Content-Type': 'application/json', 'If-Match': etag, ...bearer }, body: JSON.stringify(venue) }));

async function withTag(path, request = {}) {
  let etag;
  const venue = await send(path, request, ({ headers }) => { etag = headers.get('ETag'); });
  return { venue, etag };
}

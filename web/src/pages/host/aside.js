// Limits of the house that staff may set aside, each by its name: nobody sets aside what they did not mean.

import { actionButton } from '../common/dom.js';
import { addDays, serviceDate } from '../common/times.js';
import { t } from '../common/words.js';

const OF_CAUSE = { pacing: 'pacing', blocked: 'block', buffer: 'buffer' };

/** The limit that a refusal is about; undefined where nothing stands in the way that may be set aside, or it has been already. */
function limitOf({ name, problem: { cause, reason } }, { venue, date, override = [] }) {
  const isFar = () => date > addDays(serviceDate(venue), venue.bookingWindow?.maxDaysAhead ?? 60);
  const limit = { 'past-cutoff': 'cutoff', 'slot-taken': OF_CAUSE[cause] }[name] ?? (reason === 'outside-booking-window' ? (isFar() ? 'window' : 'notice') : undefined);
  return override.includes(limit) ? undefined : limit;
}

/**
 * What is said of a refusal, and a button where staff may have it all the same.
 *
 * @param wish `venue`, `date` and the limits to `override` so far
 * @param again called with the limits that shall not bind
 */
export function refusalOf(refusal, wish, again) {
  const { override = [] } = wish;
  if (refusal.status === 403 && override.length) return { text: t('mayNotSetAside') };
  const limit = limitOf(refusal, wish);
  return limit ? { text: t(`limit-${limit}`), button: actionButton({ test: 'all-the-same', textContent: t('allTheSame') }, () => again([...override, limit])) }
    : { text: refusal.message };
}

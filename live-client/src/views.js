import { isVersion } from './day.js';
import { BadFrame } from './errors.js';
import { Watch } from './watch.js';

const MOST_VERSIONS = 10_000;

/** One reservation or waitlist entry, seen by its guest. */
export class PrivateWatch extends Watch {
  ops = ['reservation', 'waitlist'];
  needsSocket = true;

  constructor(live, handlers, token) {
    super(live, handlers);
    this.token = token;
  }

  async request() {
    const token = typeof this.token === 'function' ? await this.token() : this.token;
    return { op: 'watchReservation', token };
  }

  take(source, { op, ref, ...state }) {
    if (!isVersion(state.version)) throw new BadFrame(`Not a ${op} frame`);
    this.deliver(source, { kind: op, ...state }, state.version > (this.value?.version ?? 0));
    return true;
  }
}

/**
 * Every change at a venue, for staff. Nothing comes to begin with: the answer to a probe sent behind it confirms. A replica that
 * takes over may be ahead of the one before, so that changes in between reached neither: the watch is not live for a moment,
 * and its list is read anew.
 */
export class VenueWatch extends Watch {
  ops = ['reservation', 'waitlist'];
  needsSocket = true;
  versions = new Map();
  probed = true;

  constructor(live, handlers, venueId) {
    super(live, handlers);
    this.venueId = venueId;
  }

  request() {
    return { op: 'watchVenue', venueId: this.venueId };
  }

  take(source, { op, ref, ...state }) {
    if (!isVersion(state.version) || !state.id) throw new BadFrame(`Not a ${op} frame`);
    const had = this.versions.get(state.id) ?? 0;
    this.versions.delete(state.id);
    this.versions.set(state.id, Math.max(had, state.version));
    if (this.versions.size > MOST_VERSIONS) this.versions.delete(this.versions.keys().next().value);
    this.deliver(source, { kind: op, ...state }, state.version > had);
    return true;
  }

  fail(error) {
    super.fail(error);
    if (error.code === 'missed-changes' && this.state === 'live') this.changedHands();
    this.settle();
  }

  changedHands() {
    this.announce(this.value === undefined ? 'connecting' : 'stale', 'lost');
  }
}

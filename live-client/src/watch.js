import { apply } from './day.js';
import { BadFrame, LiveError } from './errors.js';
import { Readiness } from './readiness.js';

/** What a caller holds: one watch, its newest value, and whether that is sure. */
export class Watch {
  sources = new Set(); // oldest first: more than one while a connection takes over from another
  followers = new Set();
  refusals = 0;
  readiness = new Readiness(() => this.isReady());

  constructor(live, handlers, value) {
    this.live = live;
    this.handlers = typeof handlers === 'function' ? { onvalue: handlers } : { ...handlers };
    this.value = value;
    this.state = value === undefined ? 'connecting' : 'stale';
    this.since = live.env.now();
  }

  /** Ends the watch; no handler is called any more. */
  stop() {
    this.handlers = {};
    this.end();
  }

  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {
    this.stop();
  }

  /** Fulfilled with the value once it is live, rejected when the watch ends before. */
  get ready() {
    return this.readiness.promise;
  }

  /** The value that is there and every newer one; who is slow gets the newest of each. Throws what refused the watch. */
  async *[Symbol.asyncIterator]() {
    const waiting = new Map();
    let wake = () => {};
    const follow = (value) => {
      if (value !== undefined) waiting.set(value.id ?? value.date, value);
      wake();
    };
    this.followers.add(follow);
    try {
      for (const value of this.present()) follow(value);
      while (waiting.size > 0 || this.state !== 'ended') {
        for (const [id, value] of waiting) {
          waiting.delete(id);
          yield value;
        }
        if (waiting.size === 0 && this.state !== 'ended') await new Promise((resolve) => { wake = resolve; });
      }
      if (this.refusal) throw this.refusal;
    } finally {
      this.followers.delete(follow);
    }
  }

  present() {
    return this.value === undefined ? [] : [this.value];
  }

  /** The server has answered on `source`: what it sends is the newest that it has. */
  deliver(source, value, isNews, restarted = false) {
    this.refusals = 0;
    source.confirmed = true;
    if (isNews) this.value = value;
    this.settle(isNews ? { value, restarted } : undefined);
  }

  fail(error) {
    this.error = error;
    if (this.handlers.onerror) this.live.guard(this.handlers.onerror, error);
    else this.live.report(error);
  }

  refuse(error) {
    this.fail(error);
    this.end(error);
  }

  end(refusal) {
    if (this.state === 'ended') return;
    this.refusal = refusal;
    this.live.forget(this);
    this.announce('ended');
  }

  /** Says what follows from its sources; whatever is older than one that is sure has done its part. */
  settle(news) {
    if (this.state === 'ended') return;
    const sure = [...this.sources].findLast((source) => source.sure);
    for (const source of this.sources) {
      if (!sure || source === sure) break;
      source.leave();
    }
    if (sure && this.sure && sure !== this.sure && this.state === 'live') this.changedHands();
    this.sure = sure;
    const delayed = [...this.sources].some((source) => source.confirmed && source.delayed);
    const unsure = this.value === undefined ? 'connecting' : 'stale';
    this.announce(sure ? 'live' : unsure, sure ? undefined : delayed ? 'delayed' : 'lost', news);
  }

  changedHands() {}

  announce(state, reason, news) {
    const changed = state !== this.state || (state === 'stale' && reason !== this.reason);
    if (state !== this.state) this.since = state === 'stale' ? this.heardAt() : this.live.env.now();
    Object.assign(this, { state, reason });
    if (news) this.live.guard(this.handlers.onvalue, news.value, { restarted: news.restarted });
    if (changed) this.live.guard(this.handlers.onstate, { state, since: this.since, ...(state === 'stale' && { reason }) });
    if (news || state === 'ended') for (const follow of this.followers) follow(news?.value);
    this.readiness.tell();
  }

  heardAt() {
    return this.sources.size > 0 ? Math.max(...[...this.sources].map(({ heardAt }) => heardAt)) : this.live.heardAt;
  }

  isReady() {
    if (this.state === 'live') return { value: this.value };
    return this.state === 'ended' ? { error: this.refusal ?? new LiveError('stopped', 'The watch was stopped.') } : undefined;
  }
}

export class DayWatch extends Watch {
  ops = ['day', 'change', 'current'];

  constructor(live, handlers, venueId, date, known) {
    super(live, handlers, known);
    Object.assign(this, { venueId, date });
  }

  request(source, whole = false) {
    source.base = whole ? undefined : this.value;
    const has = source.base && { version: source.base.version, confirm: true };
    return { op: 'watch', venueId: this.venueId, date: this.date, ...has };
  }

  /** False when something was missed and the whole day is needed. */
  take(source, frame) {
    const { base } = source;
    const day = frame.op === 'current' ? base : apply(frame.op === 'day' ? undefined : base, frame);
    if (!day && base) return false;
    if (!day || (frame.op === 'current' && frame.version !== day.version)) throw new BadFrame('A change without its day');
    source.base = day;
    if (frame.restarted === true) this.startOver(source);
    const has = this.value?.version ?? 0;
    if (day.version >= has) this.deliver(source, day, day.version > has, frame.restarted === true);
    return true;
  }

  /** What was known is of another past, as after a restored database; so is what an older source would say. */
  startOver(source) {
    this.value = undefined;
    for (const other of this.sources) if (other !== source) other.leave();
  }
}

import { LiveError, parse, passes } from './errors.js';
import { Outbox } from './outbox.js';
import { PROBE, Pulse } from './pulse.js';
import { Timers } from './timers.js';

const OPEN_MS = 10_000;

/** One watch on one connection. */
class Subscription {
  confirmed = false;

  constructor(connection, watch, ref) {
    Object.assign(this, { connection, watch, ref });
  }

  get sure() {
    return this.confirmed && this.connection.trusted;
  }

  get delayed() {
    return this.connection.delayed;
  }

  get heardAt() {
    return this.connection.heardAt;
  }

  leave() {
    this.connection.release(this);
  }
}

/** What is done with each frame that the protocol has; others are of a later one, and ignored. */
const ON = {
  hello: (connection, frame) => connection.opened(frame),
  bye: (connection, frame) => connection.live.comeBack(connection, frame.reconnectAfterMs),
  feed: (connection, frame) => connection.feed(frame),
  error: (connection, frame) => connection.failed(frame),
  day: (connection, frame) => connection.news(frame),
  change: (connection, frame) => connection.news(frame),
  current: (connection, frame) => connection.news(frame),
  reservation: (connection, frame) => connection.news(frame),
  waitlist: (connection, frame) => connection.news(frame),
};
export const FRAMES = Object.keys(ON);

/** One socket, from the dialling to its end, and what is watched on it. */
export class Connection {
  phase = 'opening'; // then open, then over
  delayed = false; // whether its replica hears of changes late
  subscriptions = new Map();

  constructor(live) {
    this.live = live;
    this.env = live.env;
    this.timers = new Timers(live.env.clock);
    this.pulse = new Pulse(this);
    this.heardAt = live.env.now();
  }

  get trusted() {
    return this.phase === 'open' && !this.pulse.doubt && !this.delayed;
  }

  async start() {
    const { live } = this;
    this.timers.after('open', OPEN_MS, () => this.lost());
    try {
      const token = typeof live.token === 'function' ? await live.token() : live.token;
      if (this.phase === 'opening') this.dial(token);
    } catch (cause) {
      if (this.phase !== 'opening') return;
      live.report(new LiveError('no-connection', String(cause), { cause }));
      this.lost();
    }
  }

  dial(token) {
    const url = new URL(this.live.url);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new this.env.WebSocket(url.href, token ? ['lasttable.v1', `bearer.${token}`] : ['lasttable.v1']);
    this.socket = socket;
    this.outbox = new Outbox(socket, this.timers, this.env.now, this.live.allowance);
    socket.onmessage = ({ data }) => this.phase !== 'over' && this.hear(data);
    socket.onclose = ({ code }) => this.lost(code);
    socket.onerror = () => this.phase === 'opening' && this.lost(); // a close follows, but not in Node 20 where none was open
  }

  hear(data) {
    this.heardAt = this.live.heardAt = this.env.now();
    this.pulse.felt();
    try {
      const frame = parse(data);
      if (Object.hasOwn(ON, frame.op)) ON[frame.op](this, frame);
    } catch (cause) {
      this.live.report(new LiveError('bad-frame', String(cause), { cause }));
      this.lost();
    }
  }

  opened({ pingIntervalMs }) {
    this.timers.clear('open');
    this.phase = 'open';
    this.openedAt = this.env.now();
    if (pingIntervalMs > 0) this.live.pingMs = pingIntervalMs;
    this.pulse.begin();
    this.live.opened(this);
  }

  feed({ state }) {
    this.delayed = state === 'delayed';
    this.settle();
  }

  news(frame) {
    const subscription = this.subscriptions.get(frame.ref);
    if (!subscription?.watch.ops.includes(frame.op)) return;
    if (subscription.watch.take(subscription, frame)) return;
    if (this.isLeaving()) this.drop(subscription);
    else this.begin(subscription.watch, true);
  }

  failed({ ref, code, message }) {
    const error = new LiveError(code, message);
    const subscription = this.subscriptions.get(ref);
    if (ref === PROBE) this.pulse.answered();
    else if (ref?.startsWith(PROBE)) this.confirm(this.subscriptions.get(ref.slice(PROBE.length)));
    else if (ref === undefined) this.live.report(error);
    else if (subscription && passes(code)) subscription.watch.fail(error);
    else if (subscription) this.refused(subscription, error);
  }

  confirm(subscription) {
    if (!subscription) return;
    subscription.confirmed = true;
    subscription.watch.settle();
  }

  /** The server has ended the watch. With a way to a new token it is tried again, otherwise that is its end. */
  refused(subscription, error) {
    const { watch, ref } = subscription;
    const token = watch.token ?? this.live.token;
    if (this.isLeaving()) return this.drop(subscription);
    if (!error.code.includes('token') || typeof token !== 'function') return watch.refuse(error);
    watch.fail(error);
    subscription.confirmed = false;
    watch.settle();
    this.timers.after(ref, this.live.backoff.pause(watch.refusals++), () => {
      if (this.subscriptions.has(ref) && !this.isLeaving()) watch.token ? this.begin(watch) : this.live.open();
    });
  }

  /** Asks under a new ref each time, so that nothing sent for an older one can be taken for it. */
  async begin(watch, whole) {
    this.unwatch(watch);
    const ref = String(this.live.nextRef++);
    const subscription = new Subscription(this, watch, ref);
    this.subscriptions.set(ref, subscription);
    watch.sources.add(subscription);
    watch.settle();
    try {
      const asked = watch.request(subscription, whole);
      const frame = asked.then ? await asked : asked;
      if (!this.subscriptions.has(ref)) return;
      this.outbox.send({ ref, ...frame });
      if (watch.probed) this.outbox.send({ op: 'unwatch', ref: PROBE + ref, behind: ref });
    } catch (cause) {
      if (this.subscriptions.has(ref)) this.refused(subscription, new LiveError('token-unavailable', String(cause), { cause }));
    }
  }

  unwatch(watch) {
    for (const source of watch.sources) {
      if (source.connection !== this) continue;
      this.outbox.send({ op: 'unwatch', ref: source.ref });
      this.forget(source);
    }
  }

  /** The next connection has begun each of its watches, so whatever goes wrong on this one is left to that. */
  isLeaving() {
    return this === this.live.leaving;
  }

  drop(subscription) {
    this.release(subscription);
    subscription.watch.settle();
  }

  /** The watch has a better source. A connection that was to go and feeds nobody goes. */
  release(subscription) {
    this.forget(subscription);
    if (this.isLeaving() && this.subscriptions.size === 0) this.end();
  }

  forget(subscription) {
    this.subscriptions.delete(subscription.ref);
    subscription.watch.sources.delete(subscription);
    this.timers.clear(subscription.ref);
  }

  settle() {
    for (const { watch } of [...this.subscriptions.values()]) watch.settle();
    this.live.summarise();
  }

  lost(code) {
    if (this.phase === 'over') return;
    const lasted = this.phase === 'open' ? this.env.now() - this.openedAt : undefined;
    const fed = this.cut();
    this.live.over(code, lasted); // before listeners hear of it: what they ask for does not cut the pause short
    for (const watch of fed) watch.settle();
    this.live.summarise();
  }

  end() {
    for (const watch of this.cut()) watch.settle();
  }

  /** From here on nothing that the socket does is heard, and nothing is sure by it. Returns the watches that it has fed. */
  cut() {
    this.phase = 'over';
    this.timers.clearAll();
    this.live.detach(this);
    this.socket?.close();
    const fed = [...this.subscriptions.values()].map(({ watch }) => watch);
    for (const subscription of [...this.subscriptions.values()]) this.forget(subscription);
    return fed;
  }
}

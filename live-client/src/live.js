import { Backoff } from './backoff.js';
import { Connection } from './connection.js';
import { DaysWatch } from './days.js';
import { LiveError } from './errors.js';
import { ALLOWANCE } from './outbox.js';
import { followPage, until } from './page.js';
import { ANSWER_MS } from './pulse.js';
import { Readiness } from './readiness.js';
import { sharedSockets } from './shared.js';
import { beginStreams, streamsOf } from './stream.js';
import { Timers } from './timers.js';
import { PrivateWatch, VenueWatch } from './views.js';
import { DayWatch } from './watch.js';

const PING_MS = 25_000;
const SOCKETS_BEFORE_EVENTS = 2;
const IDLE = 4408;
const TOKEN_REJECTED = 4401;
const TOO_MANY_MESSAGES = 4429;
const STATE_OF = { opening: 'connecting', open: 'connecting', waiting: 'offline', idle: 'offline', asleep: 'offline',
  closed: 'closed' };

/** Opens the live connection and keeps it open until `close()`. */
export function connect(options) {
  return new Live(options ?? {});
}

/** Keeps a connection open: `next` is being dialled, `current` serves, `leaving` serves until `current` does it better. */
class Live {
  state = 'connecting';
  unopened = 0; // attempts in a row that never got to `hello`
  nextRef = 1;
  pingMs = PING_MS;
  allowance = ALLOWANCE;
  watches = new Set();
  groups = new Set(); // of days
  readiness = new Readiness(() => this.isReady());

  constructor({ url = globalThis.location?.origin, token, signal, shared, ...environment }) {
    if (!url) throw new TypeError('connect() needs { url } outside a page: the address that serves /v1/live');
    this.url = new URL('v1/live', String(url).replace(/\/*$/, '/'));
    this.token = token;
    this.env = { WebSocket: globalThis.WebSocket, fetch: globalThis.fetch?.bind(globalThis), window: globalThis,
      SharedWorker: globalThis.SharedWorker, locks: globalThis.navigator?.locks, clock: globalThis, random: Math.random,
      now: Date.now, ...environment };
    if (shared) this.env.WebSocket = sharedSockets(shared, this.env);
    this.timers = new Timers(this.env.clock);
    this.backoff = new Backoff(this.env.random);
    this.heardAt = this.env.now();
    this.leavePage = followPage(this, this.env.window);
    this.letGo = until(signal, () => this.close());
    if (!this.gone) this.open();
  }

  watchDay(venueId, date, handlers, { known, signal } = {}) {
    return this.add(new DayWatch(this, handlers, venueId, date, known), signal);
  }

  watchDays(venueId, dates, handlers, { signal } = {}) {
    const watch = new DaysWatch(this, handlers, venueId, dates);
    this.groups.add(watch);
    watch.letGo = until(signal, () => watch.stop());
    return watch;
  }

  watchReservation(token, handlers, { signal } = {}) {
    return this.add(new PrivateWatch(this, handlers, token), signal);
  }

  watchVenue(venueId, handlers, { signal } = {}) {
    return this.add(new VenueWatch(this, handlers, venueId), signal);
  }

  /** Connects anew, with a token asked for anew; what is watched stays live meanwhile. */
  reconnect() {
    if (this.gone) return;
    this.timers.clear('retry');
    this.next?.end();
    this.open();
  }

  /** Final: no handler is called any more, and no timer, listener or socket is left. */
  close() {
    if (this.gone === 'closed') return;
    this.onstate = this.onerror = undefined;
    this.leavePage();
    this.letGo?.();
    for (const watch of [...this.groups, ...this.watches]) watch.stop();
    this.hangUp('closed');
  }

  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {
    this.close();
  }

  /** Fulfilled once there is a connection, rejected when it is closed before. */
  get ready() {
    return this.readiness.promise;
  }

  get phase() {
    if (this.gone) return this.gone;
    if (this.current) return 'open';
    if (this.next) return 'opening';
    return this.timers.has('retry') || !this.env.WebSocket ? 'waiting' : 'idle';
  }

  add(watch, signal) {
    if (this.gone === 'closed') throw new Error('This live connection is closed');
    this.watches.add(watch);
    watch.letGo = until(signal, () => watch.stop());
    if (watch.state === 'ended') return watch;
    if (this.current) this.current.begin(watch);
    else if (this.phase === 'idle') this.open();
    else this.stream();
    if (watch.needsSocket && !this.env.WebSocket) queueMicrotask(() => watch.refuse(new LiveError('no-websocket',
      'Only days come without WebSocket: pass an implementation as the option WebSocket.')));
    return watch;
  }

  forget(watch) {
    this.watches.delete(watch);
    this.groups.delete(watch);
    watch.letGo?.();
    for (const connection of [this.current, this.leaving]) connection?.unwatch(watch);
    if (this.leaving?.subscriptions.size === 0) this.leaving.end();
    for (const source of [...watch.sources]) source.leave();
    this.stream();
  }

  /** The next connection; one that serves goes on until that is live. */
  open() {
    if (this.gone || this.next) return;
    if (!this.env.WebSocket) {
      this.unopened = SOCKETS_BEFORE_EVENTS;
      this.stream();
      return;
    }
    this.next = new Connection(this);
    this.next.start();
    this.summarise();
  }

  opened(connection) {
    this.leaving?.end();
    this.leaving = this.current;
    this.current = connection;
    this.next = undefined;
    this.unopened = 0;
    this.backoff.patient = false;
    this.timers.clear('retry');
    for (const watch of [...this.watches]) if (connection === this.current && watch.state !== 'ended') connection.begin(watch);
    if (this.leaving?.subscriptions.size === 0) this.leaving.end();
    this.summarise();
  }

  /** The replica goes; it says when to come back, so that not everybody comes at once. */
  comeBack(connection, afterMs) {
    if (connection !== this.current) return;
    const pause = afterMs >= 0 ? afterMs : this.backoff.pause(this.backoff.failures);
    this.backoff.patient = true;
    this.timers.after('retry', pause, () => this.open());
  }

  detach(connection) {
    for (const role of ['next', 'current', 'leaving']) if (this[role] === connection) this[role] = undefined;
  }

  /** A connection has ended by itself; `lastedMs` is undefined when it never got to `hello`. */
  over(code, lastedMs) {
    if (code === TOKEN_REJECTED && typeof this.token !== 'function') return this.giveUp();
    if (code === TOO_MANY_MESSAGES) this.allowance = halfOf(this.allowance);
    this.unopened = lastedMs === undefined ? this.unopened + 1 : 0;
    const isServed = this.next || this.current || this.timers.has('retry');
    const isIdle = code === IDLE && this.watches.size === 0;
    if (!isIdle && (!isServed || lastedMs === undefined)) {
      this.timers.after('retry', this.backoff.ended(code, lastedMs), () => this.open());
    }
    this.stream();
  }

  giveUp() {
    const error = new LiveError('token-rejected', 'The server does not accept the token.');
    this.report(error);
    for (const watch of this.watches) watch.refuse(error);
    this.close();
  }

  hangUp(gone) {
    this.gone = gone;
    this.backoff.patient = false;
    this.timers.clearAll();
    for (const connection of [this.next, this.current, this.leaving]) connection?.end();
    for (const watch of this.watches) watch.settle();
    this.summarise();
  }

  isSilent(heardAt) {
    const silence = this.env.now() - heardAt;
    return silence < 0 || silence >= this.pingMs + ANSWER_MS; // below 0 the clock was set back
  }

  isHidden() {
    return this.env.window.document?.visibilityState === 'hidden';
  }

  /** The page is looked at again, or the network is back. */
  wake() {
    if (this.phase === 'waiting' && !this.backoff.patient) this.open();
    else for (const connection of [this.current, this.leaving]) connection?.pulse.ask(connection.pulse.isSilent());
    for (const stream of streamsOf(this.watches)) stream.wake();
  }

  /** The network is gone. */
  doubt() {
    for (const connection of [this.current, this.leaving]) connection?.pulse.ask(true);
  }

  /** The page leaves, perhaps into the back-forward cache, which an open socket would prevent. */
  sleep() {
    for (const stream of streamsOf(this.watches)) stream.leave();
    this.hangUp('asleep');
  }

  /** The page has come back from the cache. */
  rise() {
    if (this.gone !== 'asleep') return;
    this.gone = undefined;
    this.open();
  }

  /** Days as server-sent events, while no socket can be opened. */
  stream() {
    const isBlocked = this.unopened >= SOCKETS_BEFORE_EVENTS && ['waiting', 'opening'].includes(this.phase);
    if (isBlocked && this.env.fetch) beginStreams(this);
  }

  summarise() {
    const connections = [this.current, this.leaving].filter(Boolean);
    const streams = streamsOf(this.watches);
    const isLive = connections.some(({ trusted }) => trusted) || streams.some(({ sure }) => sure);
    const isDelayed = [...connections, ...streams].some(({ pulse, delayed }) => delayed && !pulse?.doubt);
    const state = isLive ? 'live' : isDelayed ? 'delayed' : STATE_OF[this.phase];
    const changed = state !== this.state;
    this.state = state;
    if (changed) this.guard(this.onstate, state);
    this.readiness.tell();
  }

  isReady() {
    if (this.state === 'live') return { value: undefined };
    return this.state === 'closed' ? { error: new LiveError('closed', 'The connection was closed.') } : undefined;
  }

  report(error) {
    if (this.onerror) this.guard(this.onerror, error);
    else console.warn(`lasttable: ${error.code}: ${error.message}`);
  }

  /** A listener that throws is its author's bug: it is reported, and everything goes on. */
  guard(listener, ...told) {
    try {
      listener?.(...told);
    } catch (cause) {
      console.error('lasttable: a listener failed', cause);
    }
  }
}

const halfOf = ({ atOnce, perSecond }) => ({ atOnce: Math.max(5, atOnce / 2), perSecond: Math.max(1, perSecond / 2) });

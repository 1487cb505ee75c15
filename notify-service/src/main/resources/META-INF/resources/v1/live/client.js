// Lasttable live client: an ES module without dependencies, for browsers and Node. Guide: docs/client.md.
//
//   const live = connect();
//   const watch = live.watchDay('chez-nous', '2026-11-28', { onvalue: draw, onstate: ({ state, since }) => show(state) });
//
// One connection carries all watches: Live keeps it open, each Watch knows what it has and whether that is sure.
//   - Versions that a watch delivers only rise. `base` is what the server's frames build on, `value` what was delivered: a
//     replica that lags advances `base` and delivers nothing.
//   - `live` is said only of a watch that the server has confirmed on this connection and that was heard from lately. Scripts
//     do not see the server's pings, so after a silent ping interval the client asks (an `unwatch` of a ref that never
//     existed is answered by an error and changes nothing) and gives ANSWER_MS for it.
//   - A frame that cannot be understood may have been a change: the connection is made anew, with back-off.
//   - Where no socket can be opened, days come as server-sent events, read with fetch (an EventSource would hide pings and
//     status codes); the socket is tried again all the while.

const PING_MS = 25_000;
const ANSWER_MS = 5_000;
const OPEN_MS = 10_000;
const STABLE_MS = 10_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;
const SLOWED_MS = [5_000, 60_000];
const SOCKETS_BEFORE_EVENTS = 2;
const MOST_STREAMS = 4; // a browser has six connections to an HTTP/1.1 host, and the page needs some
const MOST_VERSIONS = 10_000;
const PROBE = '?';
const SLOW_CODES = new Set([1008, 1009, 1013, 4400, 4429]); // asking again soon cannot help
const PASSING_ERRORS = new Set(['not-yet-known', 'missed-changes']); // every other error ends its watch
const SUMMARY = { opening: 'connecting', open: 'connecting', waiting: 'offline', idle: 'offline', asleep: 'offline',
  closed: 'closed' };

/** Opens the live connection and keeps it open until `close()`. */
export function connect(options) {
  return new Live(options ?? {});
}

/** Slots that can still be booked at `now`: not begun, and not inside the venue's notice. */
export function bookable(day, now = Date.now()) {
  const earliest = now + durationMs(day.minNotice);
  return day.slots.filter((slot) => Date.parse(slot.startsAt) >= earliest);
}

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds. */
export function durationMs(text = 'PT0S') {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!parts) throw new TypeError(`Not a duration: ${text}`);
  const [, d = 0, h = 0, m = 0, s = 0] = parts;
  return (((Number(d) * 24 + Number(h)) * 60 + Number(m)) * 60 + Number(s)) * 1000;
}

class BadFrame extends TypeError {}

/** The day after a `day` or `change` frame; undefined when a change does not follow on `day`. Throws on a malformed frame. */
export function apply(day, frame) {
  const isSlot = (slot) => typeof slot?.startsAt === 'string' && typeof slot.left === 'object' && slot.left;
  if (!isVersion(frame.version) || !Array.isArray(frame.slots) || !frame.slots.every(isSlot)) {
    throw new BadFrame(`Not a ${frame.op} frame`);
  }
  if (day?.version >= frame.version) return day;
  const { venueId, date, version, minNotice, slots } = frame;
  if (frame.op === 'day') return { venueId, date, version, minNotice, slots };
  if (day?.version !== frame.from) return undefined;
  const merged = new Map([...day.slots, ...slots].map((slot) => [slot.startsAt, slot]));
  return { ...day, version, slots: [...merged.values()].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt)) };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadFrame(String(cause));
  }
}

const isVersion = (version) => Number.isSafeInteger(version) && version > 0;

/** What a caller holds: one watch, its newest value, and whether that is sure. */
class Watch {
  confirmed = false;
  refusals = 0;

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

  /** The server has answered: what it sends is the newest that it has. */
  deliver(value, isNews) {
    this.refusals = 0;
    if (isNews) this.value = value;
    this.settle(true, isNews && value);
  }

  fail(error) {
    this.error = error;
    if (this.handlers.onerror) this.live.guard(this.handlers.onerror, error);
    else this.live.report(error);
    if (error.code !== 'missed-changes') return;
    this.settle(false); // and live again: what depends on every change is to be read anew
    this.settle(true);
  }

  end() {
    this.live.forget(this);
    this.settle(false, undefined, 'ended');
  }

  settle(confirmed = this.confirmed, news = undefined, end = undefined) {
    this.confirmed = confirmed;
    const unsure = this.value === undefined ? 'connecting' : 'stale';
    const state = this.state === 'ended' ? 'ended' : end ?? (confirmed && !this.live.doubt ? 'live' : unsure);
    const changed = state !== this.state;
    if (changed) this.since = state === 'stale' ? (this.stream ?? this.live).heardAt : this.live.env.now();
    this.state = state;
    if (news) this.live.guard(this.handlers.onvalue, news);
    if (changed) this.live.guard(this.handlers.onstate, { state, since: this.since });
  }
}

class DayWatch extends Watch {
  ops = ['day', 'change', 'current'];

  constructor(live, handlers, venueId, date, known) {
    super(live, handlers, known);
    Object.assign(this, { venueId, date });
  }

  request(whole = false) {
    this.base = whole ? undefined : this.value;
    const has = this.base && { version: this.base.version, confirm: true };
    return { op: 'watch', venueId: this.venueId, date: this.date, ...has };
  }

  /** False when something was missed and the whole day is needed. */
  take(frame) {
    const day = frame.op === 'current' ? this.base : apply(frame.op === 'day' ? undefined : this.base, frame);
    if (!day && this.base) return false;
    if (!day || (frame.op === 'current' && frame.version !== day.version)) throw new BadFrame('A change without its day');
    this.base = day;
    const has = this.value?.version ?? 0;
    if (day.version >= has) this.deliver(day, day.version > has);
    return true;
  }
}

/** One reservation or waitlist entry, seen by its guest. */
class PrivateWatch extends Watch {
  ops = ['reservation', 'waitlist'];

  constructor(live, handlers, token) {
    super(live, handlers);
    this.token = token;
  }

  async request() {
    const token = typeof this.token === 'function' ? await this.token() : this.token;
    return { op: 'watchReservation', token };
  }

  take({ op, ref, ...state }) {
    if (!isVersion(state.version)) throw new BadFrame(`Not a ${op} frame`);
    this.deliver({ kind: op, ...state }, state.version > (this.value?.version ?? 0));
    return true;
  }
}

/** Every change at a venue, for staff. Nothing comes to begin with: the answer to a probe sent behind it confirms. */
class VenueWatch extends Watch {
  ops = ['reservation', 'waitlist'];
  versions = new Map();
  probed = true;

  constructor(live, handlers, venueId) {
    super(live, handlers);
    this.venueId = venueId;
  }

  request() {
    return { op: 'watchVenue', venueId: this.venueId };
  }

  take({ op, ref, ...state }) {
    if (!isVersion(state.version) || !state.id) throw new BadFrame(`Not a ${op} frame`);
    const had = this.versions.get(state.id) ?? 0;
    this.versions.delete(state.id);
    this.versions.set(state.id, Math.max(had, state.version));
    if (this.versions.size > MOST_VERSIONS) this.versions.delete(this.versions.keys().next().value);
    this.deliver({ kind: op, ...state }, state.version > had);
    return true;
  }
}

/** The connection: opening, open, waiting (for the next attempt), idle (nothing to watch), asleep (page cached), closed. */
class Live {
  state = 'connecting';
  doubt = false; // whether the socket is alive; nothing is `live` meanwhile
  patient = false; // the server has asked for the pause, so nothing cuts it short
  failures = 0; // since a connection was stable
  unopened = 0; // attempts in a row that never got to `hello`
  attempt = 0;
  nextRef = 1;
  pingMs = PING_MS;
  watches = new Set();
  refs = new Map();
  timers = {};

  constructor({ url = globalThis.location?.origin, token, ...environment }) {
    if (!url) throw new TypeError('connect() needs { url } outside a page: the address that serves /v1/live');
    this.url = new URL('v1/live', String(url).replace(/\/*$/, '/'));
    this.token = token;
    this.env = { WebSocket: globalThis.WebSocket, fetch: globalThis.fetch?.bind(globalThis), window: globalThis,
      clock: globalThis, random: Math.random, now: Date.now, ...environment };
    this.heardAt = this.env.now();
    this.leavePage = followPage(this, this.env.window);
    this.open();
  }

  watchDay(venueId, date, handlers, { known } = {}) {
    return this.add(new DayWatch(this, handlers, venueId, date, known));
  }

  watchReservation(token, handlers) {
    return this.add(new PrivateWatch(this, handlers, token));
  }

  watchVenue(venueId, handlers) {
    return this.add(new VenueWatch(this, handlers, venueId));
  }

  /** Final: no handler is called any more, and no timer, listener or socket is left. */
  close() {
    if (this.phase === 'closed') return;
    this.onstate = this.onerror = undefined;
    this.leavePage();
    for (const watch of this.watches) watch.stop();
    this.hangUp('closed');
  }

  add(watch) {
    if (this.phase === 'closed') throw new Error('This live connection is closed');
    this.watches.add(watch);
    if (this.phase === 'open') this.begin(watch);
    else if (this.phase === 'idle') this.open();
    else this.stream();
    return watch;
  }

  /** Asks under a new ref each time, so that nothing sent for an older one can be taken for it. */
  async begin(watch, whole) {
    this.unwatch(watch);
    const ref = (watch.ref = String(this.nextRef++));
    this.refs.set(ref, watch);
    watch.settle(false);
    try {
      const asked = watch.request(whole);
      const frame = asked.then ? await asked : asked;
      if (this.refs.get(ref) !== watch) return;
      this.send({ ref, ...frame });
      if (watch.probed) this.send({ op: 'unwatch', ref: PROBE + ref });
    } catch (cause) {
      if (this.refs.get(ref) === watch) this.refused(watch, { code: 'token-unavailable', message: String(cause) });
    }
  }

  unwatch({ ref }) {
    if (this.refs.delete(ref)) this.send({ op: 'unwatch', ref });
  }

  forget(watch) {
    this.watches.delete(watch);
    this.unwatch(watch);
    this.clear(watch.ref);
    watch.stream?.close();
    this.stream();
  }

  /** The server has ended the watch. With a way to a new token it is tried again, otherwise that is its end. */
  refused(watch, error) {
    watch.fail(error);
    const token = watch.token ?? this.token;
    if (!error.code.includes('token') || typeof token !== 'function') return watch.end();
    const { ref } = watch;
    watch.settle(false);
    this.after(ref, this.pause(watch.refusals++), () => {
      if (this.refs.get(ref) === watch) watch.token ? this.begin(watch) : this.open();
    });
  }

  async open() {
    this.hangUp('opening');
    if (this.phase !== 'opening') return;
    const attempt = this.attempt;
    this.after('open', OPEN_MS, () => this.lost());
    try {
      const token = typeof this.token === 'function' ? await this.token() : this.token;
      if (attempt === this.attempt) this.dial(token);
    } catch (cause) {
      if (attempt !== this.attempt) return;
      this.report({ code: 'no-connection', message: String(cause) });
      this.lost();
    }
  }

  dial(token) {
    const url = new URL(this.url);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new this.env.WebSocket(url.href, token ? ['lasttable.v1', `bearer.${token}`] : ['lasttable.v1']);
    this.socket = socket;
    socket.onmessage = ({ data }) => socket === this.socket && this.hear(data);
    socket.onclose = ({ code }) => socket === this.socket && this.lost(code);
    socket.onerror = () => {}; // a close follows
  }

  hear(data) {
    this.heardAt = this.env.now();
    this.clear('answer');
    if (this.doubt) this.after('answer', ANSWER_MS, () => this.lost());
    try {
      this.take(parse(data));
    } catch (cause) {
      this.report({ code: 'bad-frame', message: String(cause) });
      this.lost();
    }
  }

  take(frame) {
    const watch = this.refs.get(frame.ref);
    if (frame.op === 'hello') this.opened(frame);
    else if (frame.op === 'bye') this.comeBack(frame.reconnectAfterMs);
    else if (frame.op === 'error') this.takeError(frame, watch);
    else if (watch?.ops.includes(frame.op) && !watch.take(frame)) this.begin(watch, true);
  }

  takeError({ ref, code, message }, watch) {
    if (ref === PROBE) this.answered();
    else if (ref?.startsWith(PROBE)) this.refs.get(ref.slice(PROBE.length))?.settle(true);
    else if (ref === undefined) this.report({ code, message });
    else if (watch && PASSING_ERRORS.has(code)) watch.fail({ code, message });
    else if (watch) this.refused(watch, { code, message });
  }

  answered() {
    this.clear('answer');
    this.believe(true);
  }

  opened({ pingIntervalMs }) {
    this.clear('open');
    this.phase = 'open';
    this.openedAt = this.env.now();
    this.unopened = 0;
    this.patient = false;
    if (pingIntervalMs > 0) this.pingMs = pingIntervalMs;
    this.after('pulse', this.pingMs, () => this.feelPulse());
    for (const watch of [...this.watches]) {
      watch.stream?.close();
      if (this.phase === 'open' && watch.state !== 'ended') this.begin(watch);
    }
    this.summarise();
  }

  /** The replica goes; it says when to come back, so that not everybody comes at once. */
  comeBack(afterMs) {
    this.patient = true;
    this.after('retry', afterMs >= 0 ? afterMs : this.pause(this.failures), () => this.open());
  }

  lost(code) {
    if (code === 4408 && this.watches.size === 0) return this.hangUp('idle');
    if (code === 4401 && typeof this.token !== 'function') return this.giveUp();
    const opened = this.phase === 'open';
    this.unopened = opened ? 0 : this.unopened + 1;
    if (opened && this.env.now() - this.openedAt >= STABLE_MS) this.failures = 0;
    const bye = this.patient && this.timers.retry;
    this.hangUp('waiting', bye);
    if (this.phase !== 'waiting') return; // a listener has closed it
    if (!bye) {
      this.patient = SLOW_CODES.has(code);
      this.after('retry', this.pause(this.failures++), () => this.open());
    }
    this.stream();
  }

  giveUp() {
    const error = { code: 'token-rejected', message: 'The server does not accept the token.' };
    this.report(error);
    for (const watch of this.watches) this.refused(watch, error);
    this.close();
  }

  /** From here on nothing that the old socket does is heard, and none of its watches is sure. */
  hangUp(phase, bye = undefined) {
    const old = this.socket;
    this.socket = undefined;
    this.attempt++;
    this.phase = phase;
    this.doubt = false;
    for (const name of ['open', 'answer', 'pulse', ...this.refs.keys()]) this.clear(name);
    if (!bye) this.clear('retry');
    this.refs.clear();
    old?.close();
    for (const watch of this.watches) if (!watch.stream) watch.settle(false);
    this.summarise();
  }

  send(frame) {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(frame));
  }

  /** Full jitter (Brooker, "Exponential Backoff And Jitter"); longer when the server has had too much. */
  pause(failures) {
    const [least, most] = this.patient ? SLOWED_MS : [0, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)];
    return least + this.env.random() * (most - least);
  }

  isSilent(heardAt = this.heardAt) {
    const silence = this.env.now() - heardAt;
    return silence < 0 || silence >= this.pingMs + ANSWER_MS; // below 0 the clock was set back
  }

  feelPulse() {
    const rest = this.pingMs - (this.env.now() - this.heardAt);
    if (rest <= 0 || rest > this.pingMs) this.ask(this.isSilent());
    this.after('pulse', rest > 0 && rest <= this.pingMs ? rest : this.pingMs, () => this.feelPulse());
  }

  /** Asks for a sign of life. After a sleep or without network nothing counts as live until it comes. */
  ask(doubt) {
    if (this.phase !== 'open') return;
    this.send({ op: 'unwatch', ref: PROBE });
    if (!this.timers.answer) this.after('answer', ANSWER_MS, () => this.lost());
    this.believe(!doubt && !this.doubt);
  }

  believe(sure) {
    this.doubt = !sure;
    for (const watch of this.watches) watch.settle();
    this.summarise();
  }

  /** The page is looked at again, or the network is back. */
  wake() {
    if (this.phase === 'waiting' && !this.patient) this.open();
    else this.ask(this.isSilent());
    for (const watch of this.watches) watch.stream?.wake();
  }

  /** The page leaves, perhaps into the back-forward cache, which an open socket would prevent. */
  sleep() {
    for (const watch of this.watches) watch.stream?.close();
    this.hangUp('asleep');
  }

  /** Days as server-sent events, while no socket can be opened. */
  stream() {
    const blocked = this.unopened >= SOCKETS_BEFORE_EVENTS && ['waiting', 'opening'].includes(this.phase);
    if (!blocked || !this.env.fetch) return;
    const days = [...this.watches].filter((watch) => watch instanceof DayWatch);
    const free = Math.max(0, MOST_STREAMS - days.filter((watch) => watch.stream).length);
    for (const watch of days.filter((each) => !each.stream).slice(0, free)) watch.stream = new DayStream(this, watch);
  }

  summarise() {
    const streaming = [...this.watches].some((watch) => watch.stream && watch.confirmed);
    const state = streaming || (this.phase === 'open' && !this.doubt) ? 'live' : SUMMARY[this.phase];
    const changed = state !== this.state;
    this.state = state;
    if (changed) this.guard(this.onstate, state);
  }

  after(name, ms, run) {
    this.clear(name);
    this.timers[name] = this.env.clock.setTimeout(() => {
      delete this.timers[name];
      run();
    }, ms);
  }

  clear(name) {
    this.env.clock.clearTimeout(this.timers[name]);
    delete this.timers[name];
  }

  report(error) {
    if (this.onerror) this.guard(this.onerror, error);
    else console.warn(`lasttable: ${error.code}: ${error.message}`);
  }

  /** A listener that throws is its author's bug: it is reported, and everything goes on. */
  guard(listener, argument) {
    try {
      listener?.(argument);
    } catch (cause) {
      console.error('lasttable: a listener failed', cause);
    }
  }
}

/** One day as server-sent events, while no socket can be opened. */
class DayStream {
  failures = 0;

  constructor(live, watch) {
    Object.assign(this, { live, watch, name: `stream-${live.nextRef++}`, heardAt: live.heardAt });
    this.open();
  }

  async open(whole = false) {
    const { live, watch } = this;
    const { signal } = (this.abort = new AbortController());
    const { version } = watch.request(whole);
    const url = `${live.url}/venues/${encodeURIComponent(watch.venueId)}/days/${encodeURIComponent(watch.date)}`;
    const headers = { Accept: 'text/event-stream', ...(version && { 'Last-Event-ID': String(version) }) };
    let pause;
    let gap = false;
    this.bye = undefined;
    this.expect();
    try {
      const response = await live.env.fetch(url, { headers, cache: 'no-store', signal });
      if (!response.ok) pause = await this.refused(response);
      else gap = await this.read(response.body.getReader(), signal);
    } catch (cause) {
      if (cause instanceof BadFrame) live.report({ code: 'bad-frame', message: cause.message });
    }
    if (!signal.aborted) this.lost(gap ? 0 : pause ?? this.bye, gap);
  }

  /** Ends with the stream; true when the whole day is needed. */
  async read(reader, signal) {
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return false;
      this.heardAt = this.live.env.now();
      this.expect();
      const events = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = events.pop();
      if (events.some((event) => !signal.aborted && !this.take(event))) return true;
    }
  }

  /** False when something was missed. The stream confirms a resumed version in a comment. */
  take(event) {
    const [, current] = /^: current (\d+)/m.exec(event) ?? [];
    const [, data] = /^data: ?(.*)$/m.exec(event) ?? [];
    if (!current && !data) return true;
    const frame = current ? { op: 'current', version: Number(current) } : parse(data);
    if (frame.op === 'bye') this.bye = frame.reconnectAfterMs;
    if (frame.op === 'error') this.watch.fail({ code: frame.code, message: frame.message });
    if (frame.op === 'error' && !PASSING_ERRORS.has(frame.code)) this.watch.end();
    if (!this.watch.ops.includes(frame.op)) return true;
    this.failures = 0;
    const complete = this.watch.take(frame);
    this.live.summarise();
    return complete;
  }

  /** Says how long to wait, as the server asks; what does not exist ends the watch. */
  async refused(response) {
    const { status, headers } = response;
    if (status === 429 || status >= 500) return Number(headers.get('Retry-After')) * 1000 || undefined;
    const { type = `status-${status}`, detail = `The server answered ${status}.` } = await response.json().catch(() => ({}));
    this.watch.fail({ code: type.split('/').pop(), message: detail });
    this.watch.end();
    return undefined;
  }

  expect() {
    this.live.after(this.name, this.live.pingMs + ANSWER_MS, () => this.lost());
  }

  lost(pause = this.live.pause(this.failures++), whole = false) {
    this.abort.abort();
    this.watch.settle(false);
    this.live.summarise();
    if (this.watch.stream !== this) return; // a listener has stopped it
    this.live.after(this.name, pause, () => this.open(whole));
  }

  wake() {
    if (!this.watch.confirmed || this.live.isSilent(this.heardAt)) this.lost(0);
  }

  close() {
    this.abort.abort();
    this.live.clear(this.name);
    this.watch.stream = undefined;
    this.watch.settle(false);
  }
}

/** Follows what the page knows of its network and of being looked at; returns how to stop. */
function followPage(live, window) {
  const undo = [];
  const on = (target, event, run) => {
    target?.addEventListener?.(event, run);
    undo.push(() => target?.removeEventListener?.(event, run));
  };
  const { document } = window;
  on(window, 'online', () => live.wake());
  on(window, 'offline', () => live.ask(true));
  on(window, 'pagehide', () => live.sleep());
  on(window, 'pageshow', () => live.phase === 'asleep' && live.open());
  on(document, 'resume', () => live.wake());
  on(document, 'visibilitychange', () => document.visibilityState === 'visible' && live.wake());
  return () => undo.forEach((stop) => stop());
}

// Lasttable live client: the newest state of each watched day, over a WebSocket or, where none can be opened, over
// server-sent events. No dependencies. See docs/live-protocol.md for the protocol.
//
//   import { connect } from '/v1/live/client.js';
//   const live = connect();
//   live.onstate = (state) => show(state);                       // connecting | live | offline
//   const stop = live.watchDay('chez-nous', '2026-11-28', (day) => draw(day));
//
// What a watcher is given only gets newer: a change is applied when its `from` is the version at hand, and anything older
// is dropped. After a gap the client says which version it has and gets the rest.

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 20_000;
const SOCKETS_BEFORE_EVENTS = 3;

/** Slots that can still be booked at `now`: not begun, and not inside the venue's notice. */
export function bookable(day, now = Date.now()) {
  const earliest = now + durationMs(day.minNotice);
  return day.slots.filter((slot) => Date.parse(slot.startsAt) >= earliest);
}

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds. */
export function durationMs(text) {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text || 'PT0S');
  if (!parts) return 0;
  const [, d = 0, h = 0, m = 0, s = 0] = parts;
  return (((Number(d) * 24 + Number(h)) * 60 + Number(m)) * 60 + Number(s)) * 1000;
}

/** The day after a frame: the frame's own, the patched one, or undefined when the frame does not follow on it. */
export function apply(day, frame) {
  if (frame.op === 'day') {
    const { venueId, date, version, minNotice, slots } = frame;
    return day && day.version >= version ? day : { venueId, date, version, minNotice, slots };
  }
  if (day && day.version >= frame.version) return day;
  if (!day || day.version !== frame.from) return undefined;
  const slots = new Map(day.slots.map((slot) => [slot.startsAt, slot]));
  for (const slot of frame.slots) slots.set(slot.startsAt, slot);
  const inOrder = [...slots.values()].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  return { ...day, version: frame.version, slots: inOrder };
}

/**
 * Opens the live connection and keeps it open.
 * @param {{url?: string, token?: string, WebSocket?: any, EventSource?: any, timers?: any, random?: () => number}} options
 */
export function connect(options = {}) {
  return new Live(options);
}

class Live {
  constructor(options) {
    const here = globalThis.location ? globalThis.location.origin : 'http://localhost';
    this.base = new URL('/v1/live', options.url || here);
    this.token = options.token;
    this.Socket = options.WebSocket || globalThis.WebSocket;
    this.Events = options.EventSource || globalThis.EventSource;
    this.timers = options.timers || globalThis;
    this.random = options.random || Math.random;
    this.watches = new Map();
    this.failures = 0;
    this.nextRef = 1;
    this.state = 'connecting';
    this.onstate = () => {};
    this.onerror = () => {};
    if (globalThis.addEventListener) {
      globalThis.addEventListener('online', () => this.reopenNow());
      globalThis.addEventListener('offline', () => this.lost());
      globalThis.document?.addEventListener('visibilitychange', () => this.wake());
    }
    this.open();
  }

  /** Watches a day; returns the way to stop. `day` may be one that the caller has already. */
  watchDay(venueId, date, listener, day) {
    const ref = String(this.nextRef++);
    const watch = { ref, venueId, date, listener, day };
    this.watches.set(ref, watch);
    if (this.state === 'live') this.begin(watch);
    return () => this.stop(watch);
  }

  close() {
    this.closed = true;
    this.timers.clearTimeout(this.retry);
    this.socket?.close();
    for (const watch of this.watches.values()) watch.events?.close();
  }

  stop(watch) {
    this.watches.delete(watch.ref);
    watch.events?.close();
    if (this.state === 'live') this.send({ op: 'unwatch', ref: watch.ref });
  }

  open() {
    if (this.closed) return;
    this.to('connecting');
    if (this.failures >= SOCKETS_BEFORE_EVENTS && this.Events) {
      for (const watch of this.watches.values()) this.listen(watch);
    }
    const url = new URL(this.base);
    url.protocol = url.protocol.replace('http', 'ws');
    const protocols = this.token ? ['lasttable.v1', `bearer.${this.token}`] : ['lasttable.v1'];
    const socket = new this.Socket(url.href, protocols);
    this.socket = socket;
    socket.onmessage = (message) => socket === this.socket && this.take(JSON.parse(message.data));
    socket.onclose = () => socket === this.socket && this.lost();
    socket.onerror = () => {};
  }

  take(frame) {
    if (frame.op === 'hello') {
      this.failures = 0;
      this.to('live');
      for (const watch of this.watches.values()) {
        watch.events?.close();
        watch.events = undefined;
        this.begin(watch);
      }
    } else if (frame.op === 'bye') {
      this.pauseMs = frame.reconnectAfterMs;
    } else if (frame.op === 'error') {
      this.onerror(frame);
    } else if (this.watches.has(frame.ref)) {
      this.update(this.watches.get(frame.ref), frame);
    }
  }

  update(watch, frame) {
    const day = apply(watch.day, frame);
    if (day === undefined) {
      watch.day = undefined;
      if (watch.events) {
        watch.events.close();
        watch.events = undefined;
        this.listen(watch);
        return;
      }
      this.send({ op: 'unwatch', ref: watch.ref });
      this.begin(watch);
    } else if (day !== watch.day) {
      watch.day = day;
      watch.listener(day);
    }
  }

  begin({ ref, venueId, date, day }) {
    this.send({ op: 'watch', ref, venueId, date, ...(day ? { version: day.version } : {}) });
  }

  listen(watch) {
    if (watch.events) return;
    const { venueId, date } = watch;
    const events = new this.Events(new URL(`/v1/live/venues/${venueId}/days/${date}`, this.base).href);
    watch.events = events;
    events.onmessage = (message) => this.update(watch, JSON.parse(message.data));
    events.addEventListener?.('error-frame', (message) => this.onerror(JSON.parse(message.data)));
  }

  send(frame) {
    if (this.socket && this.socket.readyState === 1) this.socket.send(JSON.stringify(frame));
  }

  lost() {
    if (this.closed || this.waiting) return;
    this.socket = undefined;
    this.to('offline');
    this.failures += 1;
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures);
    const pause = this.pauseMs ?? this.random() * longest;
    this.pauseMs = undefined;
    this.waiting = true;
    this.retry = this.timers.setTimeout(() => this.reopenNow(), pause);
  }

  reopenNow() {
    if (this.closed || this.state === 'live') return;
    this.timers.clearTimeout(this.retry);
    this.waiting = false;
    const old = this.socket;
    this.socket = undefined;
    old?.close();
    this.open();
  }

  /** After sleep a socket may be dead without knowing: ask for what has been missed; a dead one then closes. */
  wake() {
    if (globalThis.document.visibilityState !== 'visible') return;
    if (this.state !== 'live') return this.reopenNow();
    for (const watch of this.watches.values()) {
      this.send({ op: 'unwatch', ref: watch.ref });
      this.begin(watch);
    }
  }

  to(state) {
    if (state === this.state && state !== 'connecting') return;
    this.state = state;
    this.onstate(state);
  }
}

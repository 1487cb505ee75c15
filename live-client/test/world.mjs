// A scripted world for the client: virtual time, sockets and streams that do what the test says, and a page.

/** The sources, or what they are assembled to: CLIENT=<path of client.js> node --test. */
const { apply, bookable, connect, durationMs, LiveError, version } = await import(process.env.CLIENT ?? '../src/index.js');
export { apply, bookable, connect, durationMs, LiveError, version };

export const PING = 25_000;
export const ANSWER = 5_000;
export const FIRST_PAUSE = 1_000;

export const slot = (hour, left) => ({ time: `${hour}:00`, startsAt: `2026-11-28T${hour}:00:00Z`, left });
export const day = (version, ...slots) =>
  ({ op: 'day', venueId: 'v', date: '2026-11-28', version, minNotice: 'PT30M', slots });
export const change = (from, version, ...slots) => ({ op: 'change', from, version, slots });

export const reservation = (version, status) => ({ op: 'reservation', id: 'r1', version, status });

/** Lets everything that awaits go on. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Timers that fire only when the test lets time pass; `now` can also be set without them, as sleep does. */
export class VirtualClock {
  now = 1_000_000;
  pending = new Map();
  next = 1;

  throttle = 1; // timers fire at multiples of it only, as those of a hidden page do

  setTimeout = (run, ms) => {
    this.pending.set(this.next, { at: Math.ceil((this.now + ms) / this.throttle) * this.throttle, ms, run });
    return this.next++;
  };

  clearTimeout = (id) => this.pending.delete(id);

  pauses() {
    return [...this.pending.values()].map(({ ms }) => ms);
  }

  async pass(ms) {
    const end = this.now + ms;
    for (;;) {
      await settled();
      const due = [...this.pending].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      this.pending.delete(due[0]);
      this.now = Math.max(this.now, due[1].at);
      due[1].run();
    }
    this.now = Math.max(this.now, end);
  }
}

export class ScriptedSocket {
  sent = [];
  readyState = 0;

  constructor(url, protocols) {
    Object.assign(this, { url, protocols });
  }

  open(pingIntervalMs = 25_000) {
    this.readyState = 1;
    this.hear({ op: 'hello', session: 's', pingIntervalMs });
    return this;
  }

  hear(...frames) {
    for (const frame of frames) this.onmessage({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  /** The newest frame that asks for a watch. */
  watch() {
    return this.sent.filter((frame) => frame.op.startsWith('watch')).at(-1);
  }

  probe() {
    return this.sent.filter((frame) => frame.op === 'unwatch' && frame.ref.startsWith('?')).at(-1);
  }

  answerProbe() {
    this.hear({ op: 'error', ref: this.probe().ref, code: 'unknown-ref', message: 'Nothing is watched under this ref.' });
  }

  /** The server or the network ends it. */
  drop(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  /** As Node 20 tells that it could not be opened: no close follows. */
  fail() {
    this.readyState = 3;
    this.onerror?.({});
  }

  close() {
    this.closedByClient = true;
    this.readyState = 3;
    this.onclose?.({ code: 1000 });
  }
}

/** A response body that the test writes. */
export class ScriptedStream {
  constructor(url, { headers, signal }) {
    Object.assign(this, { url, headers, signal });
    this.body = new ReadableStream({ start: (controller) => (this.controller = controller) });
    signal.addEventListener('abort', () => this.controller.error(signal.reason));
  }

  write(text) {
    this.controller.enqueue(new TextEncoder().encode(text));
    return settled();
  }

  frame(frame) {
    return this.write(`id: ${frame.version}\ndata: ${JSON.stringify({ ref: 'day', ...frame })}\n\n`);
  }

  end() {
    this.controller.close();
    return settled();
  }
}

class Page extends EventTarget {
  document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  listeners = 0;

  constructor() {
    super();
    for (const target of [this, this.document]) {
      const { addEventListener, removeEventListener } = target;
      target.addEventListener = (...args) => (this.listeners++, addEventListener.apply(target, args));
      target.removeEventListener = (...args) => (this.listeners--, removeEventListener.apply(target, args));
    }
  }

  fire(name) {
    this.dispatchEvent(new Event(name));
  }

  show(state) {
    this.document.visibilityState = state;
    this.document.dispatchEvent(new Event('visibilitychange'));
  }
}

export function world(options = {}) {
  const clock = new VirtualClock();
  const page = new Page();
  const sockets = [];
  const streams = [];
  const reports = [];
  class Socket extends ScriptedSocket {
    constructor(...args) {
      super(...args);
      sockets.push(this);
    }
  }
  const fetch = async (url, init) => {
    const stream = new ScriptedStream(url, init);
    streams.push(stream);
    return options.answer?.() ?? { ok: true, status: 200, headers: new Headers(), body: stream.body };
  };
  const live = connect({ url: 'http://h', WebSocket: Socket, fetch, window: page, clock, now: () => clock.now,
    random: () => 1, ...options });
  live.onerror = (error) => reports.push(error.code);
  return { live, clock, page, sockets, streams, reports, socket: () => sockets.at(-1), stream: () => streams.at(-1) };
}

/** A world in which one day is watched and live at version 5. */
export function watching(options) {
  const it = world(options);
  const seen = recorder();
  const watch = it.live.watchDay('v', '2026-11-28', seen);
  it.socket().open();
  it.socket().hear({ ...day(5, slot(18, { 2: 1 }), slot(19, { 2: 1 })), ref: it.socket().watch().ref });
  return { ...it, seen, watch };
}

/** Handlers that keep what they are told. */
export function recorder() {
  const seen = { versions: [], states: [], errors: [], values: [] };
  return { ...seen, onvalue: (value) => (seen.versions.push(value.version), seen.values.push(value)),
    onstate: ({ state }) => seen.states.push(state), onerror: ({ code }) => seen.errors.push(code) };
}

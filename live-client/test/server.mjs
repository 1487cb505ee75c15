// What the server does in the simulations: it commits, and its replicas push what they know over sockets and streams, late or not at all.
import { slot } from './world.mjs';

export const PING_MS = 25_000;
export const SILENCE_MS = 30_000; // ping interval and time to answer
export const DELAY_MS = 200; // the slowest frame of a network that works

/** mulberry32 */
export function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What was committed and when; replicas serve it, perhaps some versions late, over sockets and streams that may be dead. */
export class Server {
  states = [];
  network = true;
  blocked = false;
  sockets = new Map();
  streams = new Map();

  constructor(random, clock) {
    Object.assign(this, { random, clock });
    this.commit();
  }

  commit() {
    const version = this.states.length + 1;
    const slots = (this.states.at(-1)?.slots ?? [17, 18, 19, 20].map((hour) => slot(hour, { 2: 0 }))).slice();
    const changed = Math.floor(this.random() * slots.length);
    slots[changed] = { ...slots[changed], left: { 2: version } };
    this.states.push({ version, slots, at: this.clock.now });
    for (const [socket] of this.sockets) this.push(socket);
    for (const [stream] of this.streams) this.pushEvent(stream);
  }

  newestAt(time) {
    return this.states.filter(({ at }) => at <= time).at(-1)?.version ?? 0;
  }

  peer(rest) {
    return { dead: false, arrives: this.clock.now, lag: this.random() < 0.2 ? 3 : 0, ...rest };
  }

  seenBy(peer) {
    return this.states[Math.max(0, this.states.length - 1 - peer.lag)];
  }

  /** The newest state for one who has version `has`: a change when the replica still knows that version, else the whole day. */
  news(state, has) {
    const older = this.random() < 0.7 && this.states[has - 1];
    const slots = older ? state.slots.filter((each, i) => each !== older.slots[i]) : state.slots;
    const frame = older ? { op: 'change', from: has } : { op: 'day', venueId: 'v', date: '2026-11-28', minNotice: 'PT0S' };
    return { ...frame, version: state.version, slots };
  }

  accept(socket) {
    const peer = this.peer({ refs: new Map() });
    this.sockets.set(socket, peer);
    socket.send = (text) => this.later(socket, () => this.answer(socket, peer, JSON.parse(text)));
    socket.readyState = 1;
    this.tell(socket, { op: 'hello', session: 's', pingIntervalMs: 25_000 });
  }

  answer(socket, peer, { op, ref, version = 0, confirm }) {
    if (op === 'unwatch' && !peer.refs.delete(ref)) this.tell(socket, { op: 'error', ref, code: 'unknown-ref', message: '' });
    if (op === 'watch') peer.refs.set(ref, { has: version, confirm });
    this.push(socket);
  }

  /** As notify-service does it; `current` when asked to. */
  push(socket) {
    const peer = this.sockets.get(socket);
    const state = this.seenBy(peer);
    for (const [ref, watcher] of peer.refs) {
      const { has, confirm } = watcher;
      if (state.version > has) {
        this.tell(socket, { ref, ...this.news(state, has) });
        peer.refs.set(ref, { has: state.version });
      } else if (confirm && state.version === has) {
        this.tell(socket, { op: 'current', ref, version: has });
        watcher.confirm = false;
      }
    }
  }

  /** Frames keep their order, however long each takes. */
  tell(socket, frame) {
    this.later(socket, () => socket.onmessage?.({ data: JSON.stringify(frame) }));
  }

  later(socket, run) {
    this.delayed(this.sockets.get(socket), () => socket.readyState === 1 && run());
  }

  /** TCP does not leave out what it cannot deliver: after a loss nothing comes any more. */
  delayed(peer, run) {
    peer.arrives = Math.max(peer.arrives, this.clock.now + this.random() * DELAY_MS);
    this.clock.setTimeout(() => {
      if (!this.network) peer.dead = true;
      if (!peer.dead) run();
    }, peer.arrives - this.clock.now);
  }

  acceptStream(stream) {
    this.streams.set(stream, this.peer({ has: Number(stream.headers['Last-Event-ID'] ?? 0), confirm: true }));
    this.pushEvent(stream);
    this.comment(stream);
  }

  pushEvent(stream) {
    const peer = this.streams.get(stream);
    const state = this.seenBy(peer);
    if (state.version > peer.has) {
      const frame = this.news(state, peer.has);
      this.write(stream, () => stream.frame(frame));
      peer.has = state.version;
    } else if (peer.confirm && state.version === peer.has) {
      this.write(stream, () => stream.write(`: current ${state.version}\n\n`));
    }
    if (state.version >= peer.has) peer.confirm = false;
  }

  /** Keeps a quiet stream alive, for as long as it is. */
  comment(stream) {
    this.clock.setTimeout(() => {
      if (stream.signal.aborted || stream.ended) return;
      this.write(stream, () => stream.write(': ping\n\n'));
      this.comment(stream);
    }, PING_MS);
  }

  write(stream, run) {
    this.delayed(this.streams.get(stream), () => !stream.signal.aborted && !stream.ended && run());
  }

  end(stream) {
    stream.ended = true;
    if (!stream.signal.aborted) stream.end();
  }
}

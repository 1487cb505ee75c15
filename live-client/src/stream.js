import { BadFrame, LiveError, parse, passes } from './errors.js';
import { ANSWER_MS } from './pulse.js';
import { Timers } from './timers.js';

const MOST_STREAMS = 4; // a browser has six connections to an HTTP/1.1 host, and the page needs some

export const streamsOf = (watches) =>
  [...watches].flatMap((watch) => [...watch.sources].filter((source) => source instanceof DayStream));

/** One for each day that has no source, as far as there may be more. */
export function beginStreams(live) {
  const without = [...live.watches].filter((watch) => !watch.needsSocket && watch.sources.size === 0);
  const free = Math.max(0, MOST_STREAMS - streamsOf(live.watches).length);
  for (const watch of without.slice(0, free)) new DayStream(live, watch);
}

/** One day as server-sent events, while no socket can be opened. */
export class DayStream {
  confirmed = false;
  delayed = false;
  failures = 0;

  constructor(live, watch) {
    Object.assign(this, { live, watch, heardAt: live.heardAt, timers: new Timers(live.env.clock) });
    watch.sources.add(this);
    this.open();
  }

  get sure() {
    return this.confirmed && !this.delayed;
  }

  async open(whole = false) {
    const { live, watch } = this;
    const { signal } = (this.abort = new AbortController());
    const { version } = watch.request(this, whole);
    const url = `${live.url}/venues/${encodeURIComponent(watch.venueId)}/days/${encodeURIComponent(watch.date)}`;
    const headers = { Accept: 'text/event-stream', ...(version && { 'Last-Event-ID': String(version) }) };
    let pause;
    let gap = false;
    this.bye = undefined;
    this.delayed = false;
    this.expect();
    try {
      const response = await live.env.fetch(url, { headers, cache: 'no-store', signal });
      if (!response.ok) pause = await this.refused(response);
      else gap = await this.read(response.body.getReader(), signal);
    } catch (cause) {
      if (cause instanceof BadFrame) live.report(new LiveError('bad-frame', cause.message, { cause }));
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
    if (frame.op === 'feed') this.feed(frame);
    if (frame.op === 'error') this.failed(new LiveError(frame.code, frame.message));
    if (!this.watch.ops.includes(frame.op)) return true;
    this.failures = 0;
    const complete = this.watch.take(this, frame);
    this.live.summarise();
    return complete;
  }

  feed({ state }) {
    this.delayed = state === 'delayed';
    this.watch.settle();
    this.live.summarise();
  }

  failed(error) {
    if (passes(error.code)) this.watch.fail(error);
    else this.watch.refuse(error);
  }

  /** Says how long to wait, as the server asks; what does not exist ends the watch. */
  async refused(response) {
    const { status, headers } = response;
    if (status === 429 || status >= 500) return Number(headers.get('Retry-After')) * 1000 || undefined;
    const { type = `status-${status}`, detail = `The server answered ${status}.` } = await response.json().catch(() => ({}));
    this.watch.refuse(new LiveError(type.split('/').pop(), detail));
    return undefined;
  }

  expect() {
    this.timers.after('silence', this.live.pingMs + ANSWER_MS, () => this.lost());
  }

  lost(pause = this.live.backoff.pause(this.failures++), whole = false) {
    this.abort.abort();
    this.timers.clearAll();
    this.confirmed = false;
    this.watch.settle();
    this.live.summarise();
    if (this.watch.sources.has(this)) this.timers.after('retry', pause, () => this.open(whole)); // no listener has stopped it
  }

  wake() {
    if (!this.confirmed || this.live.isSilent(this.heardAt)) this.lost(0);
  }

  leave() {
    this.abort.abort();
    this.timers.clearAll();
    this.watch.sources.delete(this);
  }
}

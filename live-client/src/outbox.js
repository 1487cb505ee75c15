/** Well below the server's own limit of 20 messages a second and 200 at once, which its operator may have lowered. */
export const ALLOWANCE = { atOnce: 100, perSecond: 15 };

/**
 * What a connection sends, no faster than it may: a token bucket. A watch that is ended before it was asked for costs nothing,
 * so paging quickly through months sends little more than the pages that one stays on.
 */
export class Outbox {
  waiting = [];

  constructor(socket, timers, now, allowance) {
    Object.assign(this, { socket, timers, now, allowance, left: allowance.atOnce, filledAt: now() });
  }

  send(frame) {
    if (frame.op === 'unwatch' && this.neverAsked(frame.ref)) return;
    this.waiting.push(frame);
    this.flush();
  }

  /** Passes the queue by; it takes its share of what may be sent. */
  sendAtOnce(frame) {
    this.left--;
    this.write(frame);
  }

  neverAsked(ref) {
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((each) => each.ref !== ref && each.behind !== ref);
    return this.waiting.length < before;
  }

  flush() {
    const { atOnce, perSecond } = this.allowance;
    const now = this.now();
    this.left = Math.min(atOnce, this.left + (Math.max(0, now - this.filledAt) * perSecond) / 1000);
    this.filledAt = now;
    for (; this.left >= 1 && this.waiting.length > 0; this.left--) this.write(this.waiting.shift());
    if (this.waiting.length > 0) this.timers.after('outbox', Math.ceil(((1 - this.left) * 1000) / perSecond), () => this.flush());
  }

  write({ behind, ...frame }) {
    if (this.socket.readyState === 1) this.socket.send(JSON.stringify(frame));
  }
}

export const ANSWER_MS = 5_000;
export const PROBE = '?';

/** Whether a connection is alive: what is heard says so, and when nothing is, the server is asked. */
export class Pulse {
  doubt = false;

  constructor(connection) {
    Object.assign(this, { connection, live: connection.live, timers: connection.timers });
  }

  begin() {
    this.timers.after('pulse', this.live.pingMs, () => this.feel());
  }

  /** Something was heard; after a doubt only an answer settles it. */
  felt() {
    this.timers.clear('answer');
    if (this.doubt) this.expectAnswer();
  }

  isSilent() {
    return this.live.isSilent(this.connection.heardAt);
  }

  /** Timers of a page that nobody looks at run late, at most once a minute: their silence is the page's own. */
  feel() {
    const { pingMs } = this.live;
    const rest = pingMs - (this.live.env.now() - this.connection.heardAt);
    const isQuiet = rest <= 0 || rest > pingMs;
    if (isQuiet) this.ask(this.isSilent() && !this.live.isHidden());
    this.timers.after('pulse', isQuiet ? pingMs : rest, () => this.feel());
  }

  /** Asks for a sign of life. After a sleep or without network nothing counts as live until it comes. */
  ask(doubt) {
    if (this.connection.phase !== 'open') return;
    this.connection.outbox.sendAtOnce({ op: 'unwatch', ref: PROBE });
    if (!this.timers.has('answer')) this.expectAnswer();
    this.believe(!doubt && !this.doubt);
  }

  expectAnswer() {
    this.timers.after('answer', ANSWER_MS, () => this.connection.lost());
  }

  answered() {
    this.timers.clear('answer');
    this.believe(true);
  }

  believe(sure) {
    this.doubt = !sure;
    this.connection.settle();
  }
}

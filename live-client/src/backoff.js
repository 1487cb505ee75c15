const STABLE_MS = 10_000;
// The first spreads a crowd that has lost its replica at once. The next is shorter: a balancer goes on sending to a replica that has died until its
// checks have found out, so who met it tries again soon.
const FIRST_PAUSE_MS = 1_000;
const NEXT_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;
const SLOWED_MS = [5_000, 60_000];
const SLOW_CODES = new Set([1008, 1009, 1013, 4400, 4429]); // asking again soon cannot help

/** How long to wait before the next attempt: full jitter (Brooker, "Exponential Backoff And Jitter"). */
export class Backoff {
  patient = false; // the server has asked for the pause, so nothing cuts it short
  failures = 0; // since a connection was stable

  constructor(random) {
    this.random = random;
  }

  /** A connection has ended; `lastedMs` is undefined when it never got to `hello`. */
  ended(code, lastedMs) {
    if (lastedMs >= STABLE_MS) this.failures = 0;
    this.patient = SLOW_CODES.has(code);
    return this.pause(this.failures++);
  }

  pause(failures) {
    const bound = failures === 0 ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, NEXT_PAUSE_MS * 2 ** (failures - 1));
    const [least, most] = this.patient ? SLOWED_MS : [0, bound];
    return least + this.random() * (most - least);
  }
}

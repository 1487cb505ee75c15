/** Timers by name: setting one again replaces it, and all can be let go at once. */
export class Timers {
  pending = new Map();

  constructor(clock) {
    this.clock = clock;
  }

  after(name, ms, run) {
    this.clear(name);
    this.pending.set(name, this.clock.setTimeout(() => {
      this.pending.delete(name);
      run();
    }, ms));
  }

  has(name) {
    return this.pending.has(name);
  }

  clear(name) {
    if (this.has(name)) this.clock.clearTimeout(this.pending.get(name));
    this.pending.delete(name);
  }

  clearAll() {
    for (const name of [...this.pending.keys()]) this.clear(name);
  }
}

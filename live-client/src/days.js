import { Watch } from './watch.js';

const WORST_FIRST = ['connecting', 'stale', 'live'];

/** Several days of a venue as one watch: as sure as the least sure of them; a day that is refused is left out. */
export class DaysWatch extends Watch {
  constructor(live, handlers, venueId, dates) {
    super(live, handlers);
    this.value = new Map();
    this.days = [...new Set(dates)].map((date) => live.watchDay(venueId, date, {
      onvalue: (day, { restarted }) => this.settle({ value: day, restarted }),
      onstate: () => this.settle(),
      onerror: (error) => this.fail(Object.assign(error, { date })),
    }));
  }

  settle(news) {
    if (this.state === 'ended' || !this.days) return;
    if (news) this.value = new Map(this.value).set(news.value.date, news.value);
    const going = this.days.filter(({ state }) => state !== 'ended');
    if (going.length === 0) return this.end(this.error);
    const state = WORST_FIRST.find((each) => going.some((day) => day.state === each));
    const reasons = going.map(({ reason }) => reason);
    this.announce(state, ['lost', 'delayed'].find((each) => reasons.includes(each)), news);
  }

  end(refusal) {
    super.end(refusal);
    for (const day of this.days) day.stop();
  }

  heardAt() {
    return Math.min(...this.days.filter(({ state }) => state === 'stale').map(({ since }) => since));
  }

  present() {
    return this.value.values();
  }
}

// Local times of a venue as instants.

import { addDays, dateIn, timeIn } from './times.js';

const asIfUtc = (date, time) => Date.parse(`${date}T${time}:00Z`);

// Milliseconds: whatever the zone, before and after its clocks change.
const AWAY = 36 * 3_600_000;

/** The instant at which clocks there show that: the first where they show it twice; where they skip it, as long after the gap. */
export function instantOf(zone, date, time) {
  const wanted = asIfUtc(date, time);
  const shows = (instant) => asIfUtc(dateIn(zone, instant), timeIn(zone, instant));
  const [before, after] = [-AWAY, AWAY].map((by) => wanted - (shows(wanted + by) - (wanted + by)));
  return shows(before) !== wanted && shows(after) === wanted ? after : before;
}

/** From one time of a service date to another, which is of the next date where it is earlier. */
export function span(zone, date, from, until) {
  return [instantOf(zone, date, from), instantOf(zone, until <= from ? addDays(date, 1) : date, until)];
}

// Local times of a venue as instants.

import { addDays, dateIn, timeIn } from './times.js';

const asIfUtc = (date, time) => Date.parse(`${date}T${time}:00Z`);

/** The instant at which clocks there show that; where they skip it, the one after. */
export function instantOf(zone, date, time) {
  const wanted = asIfUtc(date, time);
  const off = (instant) => asIfUtc(dateIn(zone, instant), timeIn(zone, instant)) - instant;
  const first = wanted - off(wanted);
  return wanted - off(first);
}

/** From one time of a service date to another, which is of the next date where it is earlier. */
export function span(zone, date, from, until) {
  return [instantOf(zone, date, from), instantOf(zone, until <= from ? addDays(date, 1) : date, until)];
}

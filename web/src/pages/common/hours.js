// Which service periods a date has, as the venue's document says, and what each of them seats.

export const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

const weekdayOf = (date) => DAYS[(new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7];

/** Those of its special day, else of the first season that has it, else of its weekday. */
export function hoursOf({ servicePeriods = [], specialDays = [], seasons = [], schedules = [] }, date) {
  const isOn = ({ days = [] }) => days.length === 0 || days.includes(weekdayOf(date));
  const special = specialDays.find((each) => each.date === date) ?? seasons.find((each) => isIn(each, date));
  const newest = schedules.filter(({ from }) => from <= date).sort((a, b) => b.from.localeCompare(a.from))[0];
  const periods = special ? (!special.closed && special.servicePeriods) || [] : newest?.servicePeriods ?? servicePeriods;
  return periods.filter(isOn);
}

/** A season that comes back may have begun the year before. */
function isIn({ firstDate, lastDate, yearly }, date) {
  const years = Number(date.slice(0, 4)) - Number(firstDate.slice(0, 4));
  return (yearly ? [0, years - 1, years] : [0]).some((later) => later >= 0 && plusYears(firstDate, later) <= date && date <= plusYears(lastDate, later));
}

function plusYears(date, years) {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0');
  const isLeap = new Date(`${year}-02-29T12:00:00Z`).getUTCDate() === 29;
  return `${year}${date.slice(4) === '-02-29' && !isLeap ? '-02-28' : date.slice(4)}`;
}

/** `PT1H30M` as minutes. */
export const minutes = (duration) => {
  const [, days = 0, hours = 0, rest = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? [];
  return Number(days) * 1440 + Number(hours) * 60 + Number(rest);
};

/** Whether it goes on past midnight. */
export const isNight = ({ firstSeating, lastSeating }) => lastSeating < firstSeating;

/** The period that a start of a date belongs to. */
export const periodOf = (venue, date, time) => hoursOf(venue, date).find((each) => (isNight(each)
  ? each.firstSeating <= time || time <= each.lastSeating
  : each.firstSeating <= time && time <= each.lastSeating));

/** The tables and combinations that a period seats in; those of the whole house where it names none, or where there is no period. */
export function seatables({ tables, combinations = [] }, { floorPlan } = {}) {
  if (!floorPlan) return [...tables, ...combinations];
  const mine = tables.filter(({ id, area }) => floorPlan.tables?.includes(id) || floorPlan.areas?.includes(area));
  const ids = mine.map(({ id }) => id);
  return [...mine, ...combinations.filter((each) => each.tables.every((id) => ids.includes(id)))];
}

/** Whether somebody could be seated with so many, were nobody else there. */
export const takes = (seats, party) => seats.some(({ minCovers, maxCovers }) => minCovers <= party && party <= maxCovers);

/** As `takes`, at a time: a service may seat in a part of the house only. */
export const canSeat = (venue, date, time, party) => takes(seatables(venue, periodOf(venue, date, time)), party);

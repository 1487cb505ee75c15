// The hours of a house: its weekdays, single days, seasons, and what shall be from a date on.

import { element } from '../common/dom.js';
import { DAYS, hoursOf, minutes } from '../common/hours.js';
import { t } from '../common/words.js';
import { add, check, choice, duration, field, remove } from './fields.js';

const FIRST_HOURS = { days: DAYS, firstSeating: '18:00', lastSeating: '21:00', slotInterval: 'PT30M',
  turnTimes: [{ upToPartySize: 2, duration: 'PT1H30M' }, { upToPartySize: 20, duration: 'PT2H' }] };
const OPEN = { closed: 'closedDay', open: 'otherHours' };

/** @param like hours that new ones begin as */
const newPeriod = (like, days) => ({ ...structuredClone(like ?? FIRST_HOURS), name: t('newPeriod'), ...(days && { days }) });

/**
 * @param list of service periods
 * @param days those that new ones have; without any they have none to choose
 */
export function periods(list, like, days) {
  return [...list.map((each) => period(each, list, days)), add('addPeriod', list, () => newPeriod(list.at(-1) ?? like, list.length ? undefined : days ?? []), 'add-period')];
}

function period(each, list, days) {
  const count = (valueAsNumber) => (Number.isNaN(valueAsNumber) ? undefined : valueAsNumber);
  return element('div', { className: 'row', test: 'period' },
    field('periodName', { value: each.name, maxLength: 60 }, ({ value }) => { each.name = value; }),
    field('firstSeating', { type: 'time', value: each.firstSeating }, ({ value }) => { each.firstSeating = value; }),
    field('lastSeating', { type: 'time', value: each.lastSeating }, ({ value }) => { each.lastSeating = value; }),
    field('interval', { type: 'number', min: 5, max: 720, value: minutes(each.slotInterval) }, ({ valueAsNumber }) => { each.slotInterval = duration(valueAsNumber); }),
    field('pacing', { type: 'number', min: 1, max: 100_000, required: false, value: each.pacing?.maxCoversPerSlot ?? '' }, ({ valueAsNumber }) => {
      each.pacing = count(valueAsNumber) && { ...each.pacing, maxCoversPerSlot: valueAsNumber };
    }),
    days ? weekdays(each) : '',
    turns(each),
    remove(list, each, each.name));
}

function weekdays(each) {
  return element('div', { className: 'weekdays', role: 'group', ariaLabel: t('weekdays') }, ...DAYS.map((day, i) =>
    check(`day-${i}`, each.days?.includes(day), (isOn) => { each.days = DAYS.filter((other) => (other === day ? isOn : each.days?.includes(other))); })));
}

const drawn = new WeakMap(); // lengths -> where they are drawn: unfolded stays unfolded, whenever the browser tells it

function turns(each) {
  const largest = each.turnTimes.at(-1)?.upToPartySize ?? 0;
  const made = element('details', { className: 'nested', open: Boolean(drawn.get(each.turnTimes)?.open) }, element('summary', { textContent: t('turnTimes') }), ...each.turnTimes.map((turn) => element('div', { className: 'row' },
    field('upToGuests', { type: 'number', min: 1, max: 200, value: turn.upToPartySize }, ({ valueAsNumber }) => { turn.upToPartySize = valueAsNumber; }),
    field('stayMinutes', { type: 'number', min: 5, max: 1_440, value: minutes(turn.duration) }, ({ valueAsNumber }) => { turn.duration = duration(valueAsNumber); }),
    remove(each.turnTimes, turn, t('turnTimes')))),
  add('addTurn', each.turnTimes, () => ({ upToPartySize: largest + 2, duration: each.turnTimes.at(-1)?.duration ?? 'PT2H' })));
  drawn.set(each.turnTimes, made);
  return made;
}

/** Closed, or with hours of its own. */
function openOrClosed(each, like, days) {
  const set = (value) => {
    each.closed = value === 'closed';
    each.servicePeriods = each.closed ? [] : [newPeriod(like, days ?? [])];
  };
  return [choice('dayIs', OPEN, each.closed ? 'closed' : 'open', set),
    each.closed ? '' : element('div', { className: 'nested' }, ...periods(each.servicePeriods, like, days))];
}

export function specialDays(list, like) {
  return [...list.map((each) => element('div', { className: 'row', test: 'special-day' },
    field('date', { type: 'date', value: each.date }, ({ value }) => { each.date = value; }),
    ...openOrClosed(each, like),
    remove(list, each, each.date))),
  add('addSpecial', list, () => ({ date: '', closed: true, servicePeriods: [] }), 'add-special')];
}

export function seasons(list, like) {
  return [...list.map((each) => element('div', { className: 'row', test: 'season' },
    field('firstDate', { type: 'date', value: each.firstDate }, ({ value }) => { each.firstDate = value; }),
    field('lastDate', { type: 'date', value: each.lastDate }, ({ value }) => { each.lastDate = value; }),
    check('yearly', each.yearly, (isOn) => { each.yearly = isOn; }),
    ...openOrClosed(each, like, DAYS),
    remove(list, each, each.firstDate))),
  add('addSeason', list, () => ({ firstDate: '', lastDate: '', yearly: false, closed: true, servicePeriods: [] }), 'add-season')];
}

export function schedules(list, like) {
  return [...list.map((each) => element('div', { className: 'row', test: 'schedule' },
    field('fromDate', { type: 'date', value: each.from }, ({ value }) => { each.from = value; }),
    element('div', { className: 'nested' }, ...periods(each.servicePeriods, like, DAYS)),
    remove(list, each, each.from))),
  add('addSchedule', list, () => ({ from: '', servicePeriods: [newPeriod(like)] }), 'add-schedule')];
}

/** Adds a special day with the hours that the date has without one, and returns it; nothing where it has its own. */
export function ownHours(venue, date) {
  if (venue.specialDays.some((each) => each.date === date)) return undefined;
  const servicePeriods = structuredClone(hoursOf(venue, date)).map(({ days, ...period }) => period);
  const day = { date, closed: servicePeriods.length === 0, servicePeriods };
  venue.specialDays.push(day);
  return day;
}

// A restaurant's hours, tables and special days. What is edited is the venue's own document, so that what this page does not know stays in it;
// each change is tried (`?validate=only`), and whoever has booked and would be in the way is named. Published is what was tried, and only if
// nobody else has changed the venue since.

import * as api from '../common/api.js';
import { $, chooseVenue, element, persistently } from '../common/dom.js';
import { useSignIn } from '../common/http.js';
import { settings } from '../common/settings.js';
import { clock, guests, shortDate } from '../common/times.js';
import { alsoSay, speak, t } from '../common/words.js';
import { signedIn } from '../host/signin.js';
import phrases from './words/en.js';

alsoSay('setup', phrases);

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const TRY_AFTER = 400; // milliseconds without a change

let draft; // the document as it would be
let etag;
let trying;
let tried = 0;

async function start() {
  const { signIn: client } = await settings();
  if (client) useSignIn(await signedIn(client));
  const asked = new URLSearchParams(location.search).get('venue');
  const venues = await api.venueNames();
  if (chooseVenue($('venue'), venues, asked, ({ name }) => name)) await open();
  else say(t(venues.length ? 'unknownVenue' : 'noVenues'));
}

async function open() {
  const read = await api.venueWithTag($('venue').value);
  ({ etag } = read);
  const { version, ...rest } = read.venue;
  draft = { specialDays: [], combinations: [], ...rest };
  history.replaceState(null, '', `?${new URLSearchParams({ venue: draft.venueId })}`);
  draw();
  say('');
  $('publish').disabled = true;
}

function draw() {
  $('periods').replaceChildren(...draft.servicePeriods.map(period));
  $('tables-of').replaceChildren(...draft.tables.map(table));
  $('special-days').replaceChildren(...draft.specialDays.map(specialDay));
}

/** @param set writes what is in the input into the draft */
function field(label, properties, set) {
  const input = element('input', { ...properties, required: true, oninput: ({ target }) => { set(target); changed(); } });
  return element('label', { className: 'field' }, element('span', { textContent: label }), input);
}

function remove(list, each, name) {
  return element('button', { type: 'button', textContent: t('removeIt'), aria: { label: t('removeWhat', { name }) },
    onclick: () => { list.splice(list.indexOf(each), 1); draw(); changed(); } });
}

function period(each) {
  const dayName = (day, i) => element('label', { className: 'check' },
    element('input', { type: 'checkbox', checked: each.days.includes(day), oninput: ({ target }) => {
      each.days = DAYS.filter((other) => (other === day ? target.checked : each.days.includes(other)));
      changed();
    } }), t(`day-${i}`));
  return element('div', { className: 'row', test: 'period' },
    field(t('periodName'), { value: each.name, maxLength: 60 }, ({ value }) => { each.name = value; }),
    field(t('firstSeating'), { type: 'time', value: each.firstSeating }, ({ value }) => { each.firstSeating = value; }),
    field(t('lastSeating'), { type: 'time', value: each.lastSeating }, ({ value }) => { each.lastSeating = value; }),
    element('div', { className: 'weekdays', role: 'group', ariaLabel: t('weekdays') }, ...DAYS.map(dayName)),
    remove(draft.servicePeriods, each, each.name));
}

function table(each) {
  const number = (name) => ({ type: 'number', min: 1, max: 500, value: each[name] });
  return element('div', { className: 'row', test: 'table' },
    field(t('colTable'), { value: each.id, maxLength: 40 }, ({ value }) => { each.id = value; }),
    field(t('fromGuests'), number('minCovers'), ({ valueAsNumber }) => { each.minCovers = valueAsNumber; }),
    field(t('toGuests'), number('maxCovers'), ({ valueAsNumber }) => { each.maxCovers = valueAsNumber; }),
    remove(draft.tables, each, each.id));
}

function specialDay(each) {
  return element('div', { className: 'row', test: 'special-day' },
    field(t('date'), { type: 'date', value: each.date }, ({ value }) => { each.date = value; }),
    element('span', { textContent: t(each.closed ? 'closedDay' : 'otherHours') }),
    remove(draft.specialDays, each, each.date));
}

function add(list, each) {
  if (!draft) return;
  draft[list].push(each);
  draw();
  changed();
}

/** Tried once nothing more is typed; an answer that a newer change has overtaken is not shown. */
function changed() {
  $('publish').disabled = true;
  $('in-the-way').replaceChildren();
  clearTimeout(trying);
  trying = setTimeout(async () => {
    if (!$('setup').checkValidity()) return say(t('notComplete'));
    const mine = ++tried;
    say(t('trial'));
    const refusal = await put(true);
    if (mine !== tried) return;
    $('publish').disabled = Boolean(refusal);
    say(refusal ? refusal.message : t('trialGood'));
    if (refusal?.problem.reservations) await name(refusal.problem.reservations);
  }, TRY_AFTER);
}

/** The refusal, if there was one. */
const put = (onlyTry) => api.putVenue(draft, etag, onlyTry).then(() => undefined, (refusal) => refusal);

/** Who has booked what would not be there any more. */
async function name(reservations) {
  say(t('inTheWay', { n: reservations.length }));
  const known = await Promise.all(reservations.slice(0, 20).map((each) =>
    api.entry({ kind: 'reservation', venueId: draft.venueId, id: each.id }).catch(() => each)));
  $('in-the-way').replaceChildren(...known.map(({ date, time, partySize, tables = [], guest }) => element('li', {},
    element('bdi', { textContent: guest?.name ?? '·' }), ` ${shortDate(date)}, ${clock(time)}, ${guests(partySize)}, ${tables.join(' + ')}`)));
}

async function publish() {
  $('publish').disabled = true;
  const refusal = await put(false);
  if (!refusal) {
    await open();
    return say(t('published'));
  }
  if (refusal.isOpen) {
    const sent = JSON.stringify(draft.servicePeriods) + JSON.stringify(draft.tables);
    await open(); // the answer was lost, the change perhaps not: what stands is shown
    return say(t(sent === JSON.stringify(draft.servicePeriods) + JSON.stringify(draft.tables) ? 'published' : 'readingVenue'));
  }
  say(refusal.name === 'version-mismatch' ? t('venueChanged') : refusal.message);
  if (refusal.problem.reservations) await name(refusal.problem.reservations);
}

function say(text) {
  $('message').textContent = text;
}

$('venue').onchange = () => open().catch(({ message }) => say(message));
$('add-period').onclick = () => add('servicePeriods', { ...structuredClone(draft.servicePeriods.at(-1) ?? {}), name: t('newPeriod') });
$('add-table').onclick = () => add('tables', { id: `T${draft.tables.length + 1}`, minCovers: 1, maxCovers: 2 });
$('add-special').onclick = () => add('specialDays', { date: '', closed: true });
$('setup').onsubmit = (event) => {
  event.preventDefault();
  publish();
};

await speak();
document.title = `${t('setUp')} · Lasttable`;
await persistently(start, ({ message }) => say(message));

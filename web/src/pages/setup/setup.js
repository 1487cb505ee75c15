// A restaurant's hours, tables and special days. What is edited is the venue's own document, so that what this page does not know stays in it;
// each change is tried (`?validate=only`), and whoever has booked and would be in the way is named. Published is what was tried, and only if
// nobody else has changed the venue since.

import * as api from '../common/api.js';
import { $, chooseVenue, element, persistently } from '../common/dom.js';
import { DAYS } from '../common/hours.js';
import { useSignIn } from '../common/http.js';
import { settings } from '../common/settings.js';
import { clock, guests, isDate, shortDate } from '../common/times.js';
import { alsoSay, speak, t } from '../common/words.js';
import { isSignedOut } from '../host/out.js';
import { signedIn } from '../host/signin.js';
import { add, field, onEdit, remove } from './fields.js';
import { drawPlan } from './floor.js';
import { ownHours, periods, schedules, seasons, specialDays } from './hours.js';
import { rules } from './rules.js';
import { putVenue, venueWithTag } from './stored.js';
import phrases from './words/en.js';

alsoSay('setup', phrases);

const TRY_AFTER = 400; // milliseconds without a change
const MOST_NAMED = 20;
const LISTS = ['servicePeriods', 'tables', 'combinations', 'specialDays', 'seasons', 'schedules'];

let draft; // the document as it would be
let etag;
let offered; // the special day of the date that the host comes from, which is none until they change it
let asOffered;
let names; // table -> the name that combinations have for it
let trying;
let tried = 0;
let publishing; // what is on its way to be published; nothing is tried meanwhile
let promised; // the document as it would stand, by the last trial
const sent = new Set(); // all that has been asked to be published of this draft, each as it would stand, with the version that it would have
let isPublished = true; // whether the draft is what stands
let isSignedIn = false;

async function start() {
  const { signIn: client } = await settings();
  if (client && isSignedOut()) return location.replace(`./staff.html${location.search}`); // where one signs in again
  if (client && !isSignedIn) useSignIn((await signedIn(client, say)).fresh);
  isSignedIn = true;
  const asked = new URLSearchParams(location.search).get('venue');
  const venues = await api.venuesWith(asked);
  if (chooseVenue($('venue'), venues, asked, ({ name }) => name)) await open();
  else say(t(venues.length ? 'unknownVenue' : 'noVenues'));
  return undefined;
}

/** While another restaurant is on its way nothing is edited: it would be the one before. */
async function open() {
  const id = $('venue').value;
  const isAsked = () => id === $('venue').value;
  edit(false);
  const read = await venueWithTag(id).finally(() => isAsked() && edit(true));
  if (!isAsked()) return;
  ({ etag } = read);
  draft = draftOf(read.venue);
  const asked = new URLSearchParams(location.search);
  offered = isDate(asked.get('date') ?? '') && ownHours(draft, asked.get('date'));
  asOffered = JSON.stringify(offered);
  names = new Map(draft.tables.map((each) => [each, each.id]));
  isPublished = true;
  publishing = undefined;
  sent.clear();
  tried++;
  const lang = asked.get('lang');
  history.replaceState(null, '', `?${new URLSearchParams({ venue: draft.venueId, ...(lang && { lang }) })}`);
  draw();
  say('');
  $('in-the-way').replaceChildren();
  allow(false);
}

/** What is not published is not left by a slip; one that does not come leaves the one before. */
function another() {
  const id = $('venue').value;
  const back = () => { $('venue').value = draft?.venueId ?? ''; };
  if (!isPublished && !confirm(t('leaveDraft'))) return back();
  return open().catch(({ message }) => {
    if (id !== $('venue').value) return;
    back();
    say(message);
  });
}

const edit = (isAllowed) => document.querySelectorAll('#setup fieldset, #publish').forEach((each) => { each.disabled = !isAllowed; });

const draftOf = (venue) => ({ ...Object.fromEntries(LISTS.map((name) => [name, []])), ...bare(venue) });

function draw() {
  const like = draft.servicePeriods.at(-1);
  $('rules').replaceChildren(...rules(draft));
  $('periods').replaceChildren(...periods(draft.servicePeriods, undefined, DAYS));
  $('special-days').replaceChildren(...specialDays(draft.specialDays, like));
  $('seasons').replaceChildren(...seasons(draft.seasons, like));
  $('schedules').replaceChildren(...schedules(draft.schedules, like));
  $('tables-of').replaceChildren(...draft.tables.map(table), add('addTable', draft.tables, newTable, 'add-table'));
  drawPlan(draft.tables, changed);
}

function newTable() {
  const free = Array.from({ length: draft.tables.length + 1 }, (_, i) => `T${i + 1}`).find((id) => draft.tables.every((each) => each.id !== id));
  return { id: free, minCovers: 1, maxCovers: 2, ...(draft.tables.at(-1)?.area && { area: draft.tables.at(-1).area }) };
}

function table(each) {
  const number = (name) => ({ type: 'number', min: 1, max: 200, value: each[name] });
  return element('div', { className: 'row', test: 'table' },
    field('colTable', { value: each.id, maxLength: 40, onchange: () => rename(each) }, ({ value }) => { each.id = value; }),
    field('fromGuests', number('minCovers'), ({ valueAsNumber }) => { each.minCovers = valueAsNumber; }),
    field('toGuests', number('maxCovers'), ({ valueAsNumber }) => { each.maxCovers = valueAsNumber; }),
    field('area', { value: each.area ?? '', maxLength: 60, required: false }, ({ value }) => { each.area = value.trim() || undefined; }),
    remove(draft.tables, each, each.id, () => { draft.combinations = draft.combinations.filter(({ tables }) => !tables.includes(each.id)); }));
}

/** Combinations go with their tables, by the name that a table has once it is typed. */
function rename(each) {
  const was = names.get(each) ?? each.id;
  names.set(each, each.id);
  for (const combination of draft.combinations) combination.tables = combination.tables.map((id) => (id === was ? each.id : id));
  changed();
}

/** Tried once nothing more is typed, and once it is known what a publish has become; an answer that a newer change has overtaken is not shown. */
function changed() {
  isPublished = false;
  allow(false);
  $('in-the-way').replaceChildren();
  clearTimeout(trying);
  const mine = ++tried;
  trying = setTimeout(async () => {
    drawPlan(draft.tables, changed);
    if (!$('setup').checkValidity()) return say(t('notComplete'));
    await publishing;
    if (mine !== tried) return;
    say(t('trial'));
    const { venue, refusal } = await tryOut(() => mine === tried);
    if (mine !== tried) return;
    promised = venue;
    allow(!refusal);
    say(refusal ? why(refusal) : t('trialGood'));
    if (refusal?.problem.reservations) await name(refusal.problem.reservations);
  }, TRY_AFTER);
}

/** The button keeps its focus while there is nothing to publish. */
const allow = (isAllowed) => $('publish').setAttribute('aria-disabled', !isAllowed);
const isAllowed = () => $('publish').getAttribute('aria-disabled') === 'false';

/** Asked again while no answer comes, as long as it is what is wanted; and where what stands is what has been published from here. */
async function tryOut(isWanted) {
  for (let pause = 2_000; ; pause = Math.min(pause * 2, 30_000)) {
    const { venue, refusal } = await put(true);
    if (refusal?.name === 'version-mismatch' && isOurs(await standsNow(isWanted))) continue;
    if (!refusal?.isOpen || !isWanted()) return { venue, refusal };
    say(refusal.message);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

const why = (refusal) => (refusal.name === 'version-mismatch' ? t('venueChanged') : refusal.message);

const meant = () => ({ ...draft, specialDays: draft.specialDays.filter((each) => each !== offered || JSON.stringify(each) !== asOffered) });

/** The draft as it is now, whatever is typed before it leaves: `{ venue, etag }`, or `{ refusal }`. */
const put = (onlyTry) => putVenue(structuredClone(meant()), etag, onlyTry).catch((refusal) => ({ refusal }));

/** Who has booked what would not be there any more. */
async function name(reservations) {
  const mine = tried;
  say(t('inTheWay', { n: reservations.length }));
  const known = await Promise.all(reservations.slice(0, MOST_NAMED).map((each) =>
    api.entry({ kind: 'reservation', venueId: draft.venueId, id: each.id }).catch(() => each)));
  if (mine !== tried) return;
  $('in-the-way').replaceChildren(...known.map(({ date, time, partySize, tables = [], guest }) => element('li', {},
    element('bdi', { textContent: guest?.name ?? '·' }), ` ${shortDate(date)}, ${clock(time)}, ${guests(partySize)}, ${tables.join(' + ')}`)));
  if (reservations.length > MOST_NAMED) $('in-the-way').append(element('li', { textContent: t('andMore', { n: reservations.length - MOST_NAMED }) }));
}

/**
 * An answer that is lost loses no draft: what stands says whether it was published; where it is not, it can be published again. What is typed meanwhile
 * stays, and is tried behind it.
 */
async function publish() {
  allow(false);
  const mine = ++tried;
  const wanted = promised;
  const edited = draft;
  const isHere = () => draft === edited; // not left, nor come back to
  sent.add(JSON.stringify(wanted));
  const { refusal, ...answer } = await put(false);
  const isUnsure = refusal?.isOpen || refusal?.name === 'version-mismatch';
  const now = isUnsure ? await standsNow(isHere) : !refusal && isHere() && takeUp(answer);
  const isDone = !refusal || JSON.stringify(now) === JSON.stringify(wanted);
  if (isDone && JSON.stringify(offered) !== asOffered) offered = undefined; // it stands now
  if (!isHere() || mine !== tried) return undefined;
  isPublished = isDone;
  if (isDone) return say(t('published'));
  allow(isUnsure && (!now || isOurs(now)));
  if (isUnsure) return say(t(now && !isOurs(now) ? 'venueChanged' : 'notPublished'));
  say(why(refusal));
  if (refusal.problem.reservations) await name(refusal.problem.reservations);
  return undefined;
}

/** What stands, where it is another than what is edited: edited further is what this page has sent itself. Nothing where nobody knows, or wants to. */
async function standsNow(isWanted) {
  const now = await venueWithTag(draft.venueId).catch(() => undefined);
  if (!now || !isWanted() || now.etag === etag) return undefined;
  return isOurs(now.venue) ? takeUp(now) : now.venue;
}

function takeUp({ venue, etag: newest }) {
  etag = newest;
  return venue;
}

const isOurs = (venue) => Boolean(venue) && sent.has(JSON.stringify(venue));

const bare = ({ version, ...venue }) => venue;

function say(text) {
  $('message').textContent = text;
}

onEdit({ changed, draw });
$('venue').onchange = another;
$('setup').onsubmit = (event) => {
  event.preventDefault();
  if (isAllowed()) publishing = publish();
};
addEventListener('beforeunload', (event) => { if (!isPublished) event.preventDefault(); });
document.head.append(element('link', { rel: 'stylesheet', href: new URL('./floor.css', import.meta.url).href }));

await speak();
document.title = `${t('setUp')} · Lasttable`;
await persistently(start, ({ message }) => say(message));

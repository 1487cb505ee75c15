// The page: what is asked for (restaurant, date, guests) and what is free, live.

import { connect } from '/v1/live/client.js';
import * as api from '../common/api.js';
import { askForTable, askForWaitlist, follow, setUpBooking } from './booking.js';
import { $, announce, chooseVenue, persistently, shieldFromDoubleClicks } from '../common/dom.js';
import { canSeat, seatables, takes } from '../common/hours.js';
import { useKey } from '../common/http.js';
import { cutOffText, numberOf } from './call.js';
import { gridOf, isCutOff, nextExpiry } from './grid.js';
import { owns, setUpMine } from './mine.js';
import { addDays, clock, during, exactTime, here, longDate, now, offset, serviceDate, timeIn } from '../common/times.js';
import { asksFor, listen } from './wishes.js';
import { alsoSay, has, speak, t } from '../common/words.js';
import phrases from './words/en.js';

alsoSay('guest', phrases);

const live = connect();
const grid = gridOf($('slots'));
let watch;
let shown; // the day that the grid shows
let expiry;

const venue = () => api.knownVenue($('venue').value);
const nameOf = ({ name, city }) => (city ? `${name}, ${city}` : name);

/** What stands in the box, if somebody can be seated with it; what is shown is what is booked. */
function party() {
  const count = Number($('party').value);
  return Number.isInteger(count) && takes(seatables(venue()), count) ? count : undefined;
}

/** Whoever comes by a link to a restaurant waits for no list. */
async function start() {
  const asked = new URLSearchParams(location.search);
  const wanted = asked.get('venue');
  if (asked.has('key')) useKey(wanted, asked.get('key'));
  $('party').value = asked.get('partySize') ?? 2;
  const linked = wanted ? await api.venueIfAny(wanted) : undefined;
  const venues = linked ? [linked] : await api.venueNames();
  if (!chooseVenue($('venue'), venues, wanted, nameOf)) return say(t(venues.length ? 'unknownVenue' : 'noVenues'));
  await api.venue($('venue').value);
  $('date').value = asked.get('date') ?? serviceDate(venue());
  look();
  if (linked) persistently(() => listOthers(linked), () => {});
}

async function listOthers(linked) {
  const names = await api.venuesWith(linked.venueId);
  chooseVenue($('venue'), names, $('venue').value, nameOf);
}

/** The list has names only: what a restaurant is like is read when it is chosen. */
async function venueChosen() {
  const id = $('venue').value;
  leave();
  const found = await persistently(() => id === $('venue').value && api.venueIfAny(id), () => id === $('venue').value && say(t('trying')));
  if (id !== $('venue').value) return;
  if (!found) return say(t('unknownVenue'));
  if (!$('date').value) $('date').value = serviceDate(venue());
  look();
}

function leave() {
  watch?.stop();
  watch = undefined;
  clearTimeout(expiry);
  shown = undefined;
  grid.clear();
}

/** Watches what is asked for. */
function look() {
  const at = venue();
  if (!at) return;
  leave();
  limitToWindow(at);
  describe(at);
  const date = $('date').value;
  $('full').hidden = true;
  if (!date) return say(t('chooseDate'));
  remember();
  $('slots').setAttribute('aria-busy', 'true');
  say(t('looking'));
  watch = live.watchDay(at.venueId, date, { onvalue: draw, onstate: showState, onerror: explain });
  showState();
}

function remember() {
  const kept = [...new URLSearchParams(location.search)].filter(([name]) => ['key', 'lang'].includes(name));
  const asked = { venue: venue().venueId, date: $('date').value, partySize: $('party').value, ...Object.fromEntries(kept) };
  history.replaceState(null, '', `?${new URLSearchParams(asked)}`);
}

function limitToWindow(at) {
  const today = serviceDate(at);
  const date = $('date').value;
  Object.assign($('date'), { min: today, max: addDays(today, at.bookingWindow?.maxDaysAhead ?? 60) });
  $('party').max = Math.max(...seatables(at).map(({ maxCovers }) => maxCovers));
  $('day-before').disabled = date <= $('date').min;
  $('day-after').disabled = date >= $('date').max;
  $('fewer').disabled = Number($('party').value) <= 1;
  $('more').disabled = Number($('party').value) >= Number($('party').max);
  $('party').setAttribute('aria-invalid', party() === undefined);
}

function describe(at) {
  const { name, city, cuisines = [], timeZone } = at;
  const date = $('date').value;
  const then = date ? during(date) : now();
  $('venue-name').textContent = name;
  sayOnce($('venue-line'), at, () => {
    const line = [city, ...cuisines.map((each) => each[0].toUpperCase() + each.slice(1))].filter(Boolean).join(' · ');
    return [line, line && at.phone ? ' · ' : '', numberOf(at)];
  });
  $('when').textContent = date ? longDate(date) : t('times');
  const said = { place: city ?? name, offset: offset(timeZone, then), time: clock(timeIn(timeZone, now())) };
  $('zone').textContent = t(timeZone === here || offset(timeZone, then) === offset(here, then) ? 'timesAsHere' : 'timesThere', said);
  document.title = `${name}, ${$('when').textContent} · Lasttable`;
}

/** What can have the focus is not made anew each time. */
function sayOnce(place, about, words) {
  if (place.said !== about) place.replaceChildren(...words().filter(Boolean));
  place.said = about;
}

function draw(day) {
  const before = shown;
  shown = day;
  const slots = grid.draw({ day, before, venue: venue(), party: party(), owns: (slot) => owns(day.venueId, day.date, slot.time),
    asks: (slot) => asksFor(day.venueId, day.date, slot.time),
    onpick: (slot) => askForTable(venue(), shown, slot, party()), onwait: (slot) => askForWaitlist(venue(), shown, party(), slot.time) });
  const open = slots.filter((slot) => slot.left[party()]);
  const canWait = slots.some(({ time }) => canSeat(venue(), day.date, time, party()));
  $('slots').setAttribute('aria-busy', 'false');
  $('full').hidden = !canWait || open.length > 0;
  sayAbout(day, slots);
  follow(day);
  clearTimeout(expiry);
  const next = nextExpiry(day);
  if (next !== undefined) expiry = setTimeout(() => draw(shown), Math.min(next + 50, 3_600_000));
}

function sayAbout(day, slots) {
  if (!party()) return say(whoCanBeSeated());
  if (isCutOff(day)) return sayOnce($('message'), `cut off ${day.venueId}`, () => cutOffText(venue()));
  if (slots.length === 0) return say(day.slots.length === 0 ? t('closed', { name: venue().name }) : t('tooLate'));
  const until = slots.map(({ closesAt }) => closesAt).filter(Boolean).sort()[0];
  return say(until && day.date === serviceDate(venue()) ? t('bookUntil', { time: clock(timeIn(venue().timeZone, until)) }) : '');
}

function whoCanBeSeated() {
  const sizes = seatables(venue());
  const from = Math.min(...sizes.map(({ minCovers }) => minCovers));
  const to = Math.max(...sizes.map(({ maxCovers }) => maxCovers));
  const count = Number($('party').value);
  const between = Number.isInteger(count) && from <= count && count <= to;
  return t(between ? 'partyGap' : 'partySizes', { name: venue().name, from, to, n: count });
}

const HOOK = { connecting: 'connecting', live: 'live' };

/** Says whether what is shown is sure: in the pill, and over the grid when it may be old. */
function showState() {
  const state = watch?.state ?? 'connecting';
  const was = $('connection').dataset.state;
  const isSure = state === 'live' || state === 'connecting';
  $('connection').dataset.state = HOOK[state] ?? 'offline';
  $('connection').textContent = t(watch?.reason === 'delayed' ? 'delayed' : state);
  $('connection').title = state === 'live' && shown ? `v${shown.version}` : '';
  $('stale').hidden = isSure || state === 'ended';
  $('booking-stale').hidden = isSure || state === 'ended';
  $('slots').classList.toggle('stale', !isSure);
  if (!$('stale').hidden) $('stale').textContent = watch?.reason === 'delayed' ? t('delayedSince') : t('notLiveSince', { time: exactTime(watch.since) });
  if (was === 'live' && !isSure) announce(t('lost'));
  if (was === 'offline' && state === 'live') announce(t('again'));
}

function explain({ code, message }) {
  say(has(code) ? t(code) : message);
}

function say(text) {
  $('message').said = undefined;
  $('message').textContent = text;
}

function moveDate(days) {
  if (!venue()) return;
  $('date').value = addDays($('date').value || serviceDate(venue()), days);
  look();
}

function changeParty(by) {
  $('party').value = Math.max(1, (Number($('party').value) || 0) + by);
  partyChanged();
}

function partyChanged() {
  if (!venue()) return;
  limitToWindow(venue());
  remember();
  if (shown) draw(shown);
}

$('venue').onchange = venueChosen;
$('date').onchange = look;
$('party').oninput = partyChanged;
$('day-before').onclick = () => moveDate(-1);
$('day-after').onclick = () => moveDate(1);
$('fewer').onclick = () => changeParty(-1);
$('more').onclick = () => changeParty(1);
$('search').onsubmit = (event) => event.preventDefault();
$('wait').onclick = () => shown && party() && askForWaitlist(venue(), shown, party());
document.addEventListener('mine', () => shown && draw(shown));
listen({ changed: () => shown && draw(shown) });
setInterval(() => venue() && describe(venue()), 20_000);

await speak();
showState();
shieldFromDoubleClicks();
setUpMine(live, { list: $('mine'), none: $('none-yet'), notKept: $('not-kept') });
setUpBooking();
await persistently(start, () => say(t('trying')));

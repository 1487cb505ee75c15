// The page: what is asked for (restaurant, date, guests) and what is free, live.

import { connect } from '/v1/live/client.js';
import * as api from './api.js';
import { askForTable, askForWaitlist, follow, setUpBooking } from './booking.js';
import { $, announce, element } from './dom.js';
import { arrowKeys, clearGrid, drawGrid, nextExpiry } from './grid.js';
import { keep, setUpMine } from './mine.js';
import { addDays, exactTime, here, longDate, offset, serviceDate, timeIn } from './times.js';

const live = connect();
let venues = [];
let watch;
let shown; // the day that the grid shows
let expiry;

const venue = () => venues.find((each) => each.venueId === $('venue').value);
const party = () => Math.min(Number($('party').max), Math.max(1, Number($('party').value) || 1));
const largest = ({ tables, combinations = [] }) => Math.max(...[...tables, ...combinations].map(({ maxCovers }) => maxCovers));

async function start() {
  showState();
  arrowKeys($('slots'));
  setUpBooking(keep);
  setUpMine(live);
  venues = await api.venues();
  const asked = new URLSearchParams(location.search);
  $('venue').replaceChildren(...venues.map((each) => element('option',
    { value: each.venueId, textContent: each.city ? `${each.name}, ${each.city}` : each.name })));
  if (venues.some((each) => each.venueId === asked.get('venue'))) $('venue').value = asked.get('venue');
  $('party').value = Number(asked.get('partySize')) || 2;
  $('date').value = asked.get('date') ?? serviceDate(venue());
  look();
}

/** Watches what is asked for. */
function look() {
  watch?.stop();
  clearTimeout(expiry);
  shown = undefined;
  clearGrid($('slots'));
  const at = venue();
  limitToWindow(at);
  describe(at);
  const date = $('date').value;
  if (!date) return say('Choose a date.');
  history.replaceState(null, '', `?${new URLSearchParams({ venue: at.venueId, date, partySize: party() })}`);
  $('slots').setAttribute('aria-busy', 'true');
  $('full').hidden = true;
  say('Looking for tables …');
  watch = live.watchDay(at.venueId, date, { onvalue: draw, onstate: showState, onerror: explain });
  showState();
}

function limitToWindow(at) {
  const today = serviceDate(at);
  Object.assign($('date'), { min: today, max: addDays(today, at.bookingWindow?.maxDaysAhead ?? 60) });
  $('party').max = largest(at);
  $('day-before').disabled = $('date').value <= $('date').min;
  $('day-after').disabled = $('date').value >= $('date').max;
  $('fewer').disabled = party() <= 1;
  $('more').disabled = party() >= Number($('party').max);
}

function describe({ name, city, cuisines = [], timeZone }) {
  const now = Date.now();
  $('venue-name').textContent = name;
  $('venue-line').textContent = [city, ...cuisines.map((each) => each[0].toUpperCase() + each.slice(1))].filter(Boolean).join(' · ');
  $('when').textContent = $('date').value ? longDate($('date').value) : 'Times';
  const place = city ?? name;
  $('zone').textContent = timeZone === here || offset(timeZone, now) === offset(here, now)
    ? `Times in ${place} (${offset(timeZone, now)}), as where you are`
    : `Times in ${place} (${offset(timeZone, now)}), where it is ${timeIn(timeZone, now)} now`;
  document.title = `${name}, ${$('when').textContent} · Lasttable`;
}

function draw(day) {
  const before = shown;
  shown = day;
  const slots = drawGrid($('slots'), { day, before, venue: venue(), party: party(),
    onpick: (slot) => askForTable(venue(), shown, slot, party()) });
  const open = slots.filter((slot) => slot.left[party()]);
  $('slots').setAttribute('aria-busy', 'false');
  $('full').hidden = slots.length === 0 || open.length > 0;
  say(slots.length === 0 ? nothingOffered(day) : '');
  follow(day, party());
  clearTimeout(expiry);
  const next = nextExpiry(day);
  if (next) expiry = setTimeout(() => draw(shown), Math.min(next - Date.now() + 50, 3_600_000));
}

function nothingOffered(day) {
  if (day.slots.length === 0) return `${venue().name} is closed on this day. Choose another date.`;
  return 'It is too late for this day. Choose another date.';
}

const PILL = { connecting: 'Connecting', live: 'Live', stale: 'Reconnecting', ended: 'Not available' };
const HOOK = { connecting: 'connecting', live: 'live', stale: 'offline', ended: 'offline' };

/** Says whether what is shown is sure: in the pill, and over the grid when it may be old. */
function showState() {
  const state = watch?.state ?? 'connecting';
  const was = $('connection').dataset.state;
  $('connection').dataset.state = HOOK[state];
  $('connection').textContent = PILL[state];
  $('connection').title = state === 'live' && shown ? `Version ${shown.version} of the day` : '';
  $('stale').hidden = state !== 'stale';
  $('booking-stale').hidden = state !== 'stale';
  $('slots').classList.toggle('stale', state === 'stale');
  if (state === 'stale') $('stale').textContent = `Not live: this was so at ${exactTime(watch.since)}. Reconnecting …`;
  if (was === 'live' && state === 'stale') announce('The connection is lost. What you see may be old.');
  if (was === 'offline' && state === 'live') announce('Live again.');
}

const TROUBLE = {
  'unknown-venue': 'There is no such restaurant.',
  'unknown-day': 'This day cannot be booked. Choose another date.',
  'not-yet-known': 'The tables cannot be read at the moment; they appear as soon as they can.',
};

function explain({ code, message }) {
  say(TROUBLE[code] ?? message);
}

function say(text) {
  $('message').textContent = text;
}

function moveDate(days) {
  $('date').value = addDays($('date').value || serviceDate(venue()), days);
  look();
}

function changeParty(by) {
  $('party').value = party() + by;
  partyChanged();
}

function partyChanged() {
  limitToWindow(venue());
  history.replaceState(null, '', `?${new URLSearchParams({ venue: venue().venueId, date: $('date').value, partySize: party() })}`);
  if (shown) draw(shown);
}

function wait() {
  if (shown) askForWaitlist(venue(), shown, party());
}

$('venue').onchange = look;
$('date').onchange = look;
$('party').oninput = partyChanged;
$('day-before').onclick = () => moveDate(-1);
$('day-after').onclick = () => moveDate(1);
$('fewer').onclick = () => changeParty(-1);
$('more').onclick = () => changeParty(1);
$('search').onsubmit = (event) => event.preventDefault();
$('wait').onclick = wait;
document.addEventListener('waitlist', wait);
setInterval(() => venues.length && describe(venue()), 20_000);
start().catch((failure) => say(`${failure.message ?? 'The platform does not answer.'} Reload the page to try again.`));

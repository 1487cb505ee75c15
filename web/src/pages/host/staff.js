// The book of a day, for staff: the list over REST, every change since over the live socket.

import { connect } from '/v1/live/client.js';
import * as api from '../common/api.js';
import * as book from './book.js';
import { actions } from './deeds.js';
import { $, announce, chooseVenue, persistently, shieldFromDoubleClicks } from '../common/dom.js';
import { token, useSignIn } from '../common/http.js';
import { drawLine } from './line.js';
import { clearRows, drawRows, flash, setUpAim, statusOf } from './rows.js';
import { addDays, clock, during, exactTime, guests, longDate, offset, serviceDate, timeIn } from '../common/times.js';
import { settings } from '../common/settings.js';
import { alsoSay, speak, t } from '../common/words.js';
import { signedIn } from './signin.js';
import phrases from './words/en.js';

alsoSay('host', phrases);

const OPEN = ['held', 'confirmed', 'seated'];

let live;
let watch;
let asked = 0;
let lineIsWhole = false;

const venue = () => api.knownVenue($('venue').value);

let knowsStaff;

/** Where there is an issuer, only whom it knows gets any further. */
async function signIn() {
  const { signIn: client } = await settings();
  if (client) {
    try {
      useSignIn(await signedIn(client));
    } catch (refusal) {
      say(refusal.message);
      await new Promise(() => {}); // reloading tries again; going there by itself would go in circles
    }
  }
  knowsStaff = true;
}

async function start() {
  if (!knowsStaff) await signIn();
  const query = new URLSearchParams(location.search);
  const venues = await api.venueNames();
  const chosen = chooseVenue($('venue'), venues, query.get('venue'), ({ name }) => name);
  if (!chosen) return say(t(venues.length ? 'unknownVenue' : 'noVenues'));
  await api.venue($('venue').value);
  $('date').value = query.get('date') ?? serviceDate(venue());
  openVenue();
}

async function venueChosen() {
  const id = $('venue').value;
  close();
  await persistently(() => id === $('venue').value && api.venue(id), () => say(t('trying')));
  if (id === $('venue').value) openVenue();
}

/** Nothing of one restaurant stands under the name of another. */
function close() {
  live?.close();
  live = watch = undefined;
  asked++;
  book.clear();
  clearRows();
  showState();
  drawRows([], actions);
}

/** A venue's changes need its own token, so each venue has its own connection. */
function openVenue() {
  live?.close();
  const { venueId } = venue();
  live = connect({ token: () => token('reservations:read', venueId) });
  watch = live.watchVenue(venueId, { onvalue: changed, onerror: ({ message }) => say(message),
    onstate: ({ state }) => { showState(); if (state === 'live') load(); } });
  if (!$('date').value) $('date').value = serviceDate(venue());
  openDay();
}

function openDay() {
  if (!venue() || !$('date').value) return;
  book.clear();
  clearRows();
  const { venueId, name, timeZone } = venue();
  const date = $('date').value;
  const lang = new URLSearchParams(location.search).get('lang');
  history.replaceState(null, '', `?${new URLSearchParams({ venue: venueId, date, ...(lang && { lang }) })}`);
  $('when').textContent = longDate(date);
  $('zone').textContent = t('localTimes', { name, offset: offset(timeZone, during(date)), time: clock(timeIn(timeZone, Date.now())) });
  showState();
  draw();
  load();
}

/** Read anew whenever the watch becomes live; whichever state has the higher version stays. */
async function load() {
  const mine = ++asked;
  const { venueId } = venue();
  const date = $('date').value;
  say(t('reading'));
  try {
    const [booked, line] = await Promise.all([api.reservations(venueId, date), api.waiting(venueId, date)]);
    if (mine !== asked) return;
    booked.forEach((each) => book.take(each));
    line?.forEach((each) => book.take({ kind: 'waitlist', ...each }));
    lineIsWhole = Boolean(line);
    draw();
    say(book.on(venueId, date, 'reservation').length ? '' : t('nobody'));
  } catch (refusal) {
    if (mine === asked) say(refusal.message);
  }
}

/** Changes carry no personal data, so a name that is not known yet is read with staff's own token. */
function changed(state) {
  const known = book.newest(state.id);
  const concerns = state.date === $('date').value || known;
  if (!concerns || !book.take(state)) return;
  draw();
  flash(state);
  announce(whatChanged(known, state));
  if (state.kind === 'reservation') say('');
  if (!book.newest(state.id).guest) book.learn(state);
}

function whatChanged(known, { kind, status, time, from, startsAt, partySize, ...state }) {
  const said = { time: clock(time ?? from), guests: guests(partySize), status: statusOf({ status }) };
  if (kind === 'waitlist') return t(status === 'waiting' ? 'lineNews' : 'lineLeft', said);
  if (!known) return t('isNew', said);
  return t(known.status === status && known.startsAt !== startsAt ? 'hasMoved' : 'isNow', said);
}

function draw() {
  if (!venue()) return;
  const { venueId, timeZone } = venue();
  const date = $('date').value;
  const shown = book.on(venueId, date, 'reservation').sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id));
  drawRows(shown, actions);
  if (!$('tables').hidden) drawTables?.(venue(), shown);
  drawLine(book.on(venueId, date, 'waitlist'), timeZone, lineIsWhole);
  const open = shown.filter(({ status }) => OPEN.includes(status));
  const covers = open.reduce((sum, { partySize }) => sum + partySize, 0);
  $('summary').textContent = t('summary', { tables: t('tables', { n: open.length }), covers: t('covers', { n: covers }) });
}

async function takeIn(walkIn) {
  const { open } = await import('./take.js');
  if (venue()) open(walkIn, { venue: venue(), date: $('date').value });
}

let drawTables; // once they have been wanted

/** As a list, or as tables by time. */
async function showTables(isWanted) {
  if (isWanted) ({ drawTables } = await import('./tables.js'));
  $('tables').hidden = !isWanted;
  $('list').hidden = isWanted;
  $('view').setAttribute('aria-pressed', isWanted);
  draw();
}

function showState() {
  const state = watch?.state ?? 'connecting';
  const isSure = state === 'live' || state === 'connecting';
  $('connection').dataset.state = isSure ? state : 'offline';
  $('connection').textContent = t(watch?.reason === 'delayed' ? 'delayed' : { ended: 'notLive' }[state] ?? state);
  $('stale').hidden = isSure;
  $('stale').textContent = watch?.reason === 'delayed' ? t('delayedSince') : t('notLiveAt', { time: exactTime(watch?.since ?? Date.now()) });
}

function say(text) {
  $('message').textContent = text;
}

function moveDate(days) {
  if (!venue()) return;
  $('date').value = addDays($('date').value || serviceDate(venue()), days);
  openDay();
}

$('venue').onchange = venueChosen;
$('date').onchange = openDay;
$('day-before').onclick = () => moveDate(-1);
$('day-after').onclick = () => moveDate(1);
$('search').onsubmit = (event) => event.preventDefault();

await speak();
showState();
book.listen({ changed: draw, failed: ({ message }) => say(message) });
setUpAim(draw);
$('walk-in').onclick = () => takeIn(true);
$('phone-booking').onclick = () => takeIn(false);
$('view').onclick = () => showTables($('tables').hidden);
$('print').onclick = () => print();
shieldFromDoubleClicks();
await persistently(start, () => say(t('trying')));

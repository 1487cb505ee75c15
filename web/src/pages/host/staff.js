// The book of a day, for staff: the list over REST, every change since over the live socket.

import { connect } from '/v1/live/client.js';
import * as api from '../common/api.js';
import * as book from './book.js';
import { actions } from './deeds.js';
import { $, announce, chooseVenue, persistently, shieldFromDoubleClicks } from '../common/dom.js';
import { letIn } from './door.js';
import { token } from '../common/http.js';
import { forget, keepNow, keepSoon, kept } from './kept.js';
import { drawLine } from './line.js';
import { clearRows, drawRows, flash, setUpAim, statusOf } from './rows.js';
import { addDays, clock, during, exactTime, guests, longDate, now, offset, serviceDate, timeIn } from '../common/times.js';
import { alsoSay, speak, t } from '../common/words.js';
import { isComingBack } from './signin.js';
import { drawView, part, setUpViews, shownAs } from './views.js';
import phrases from './words/en.js';

alsoSay('host', phrases);

const OPEN = ['held', 'confirmed', 'seated'];

const AFTER_FIRST_LOOK = 1_000;
const PATIENCE = 3_000; // milliseconds, after which what was kept is better than nothing

let live;
let watch;
let dayWatch;
let asked = 0;
let lineIsWhole = false;
let isRead = false; // whether what is shown is what the platform has said on this visit
let restoredAt; // since when what is shown is known, where it comes from before a reload
let isComing = false; // the dialog for guests that are taken in
let blocks; // the part that knows what is closed, once it is there

const venue = () => api.knownVenue($('venue').value);

async function start() {
  await letIn(say, showNothing);
  setTimeout(unlessThere, PATIENCE);
  const query = new URLSearchParams(location.search);
  const venues = await api.venuesWith(query.get('venue'));
  const chosen = chooseVenue($('venue'), venues, query.get('venue'), ({ name }) => name);
  if (!chosen) return say(t(venues.length ? 'unknownVenue' : 'noVenues'));
  await api.venue($('venue').value);
  $('date').value = query.get('date') ?? serviceDate(venue());
  openVenue();
}

async function venueChosen() {
  const id = $('venue').value;
  close();
  const found = await persistently(() => id === $('venue').value && api.venueIfAny(id), () => id === $('venue').value && say(t('trying')));
  if (id !== $('venue').value) return;
  if (found) openVenue();
  else say(t('gone'));
}

/** Nothing of one restaurant stands under the name of another. */
function close() {
  live?.close();
  live = watch = dayWatch = undefined;
  asked++;
  clear();
  showState();
  drawRows([], actions);
}

function clear() {
  book.clear();
  clearRows();
  isRead = false;
  restoredAt = undefined;
}

/** What whoever is here may not read stands nowhere any more. */
function showNothing() {
  forget();
  clear();
  showState();
  draw();
}

/** A venue's changes need its own token, so each venue has its own connection. */
function openVenue() {
  live?.close();
  const { venueId } = venue();
  live = connect({ token: () => token('reservations:read', venueId) });
  watch = live.watchVenue(venueId, { onvalue: changed, onerror: ({ message }) => say(message),
    onstate: ({ state }) => { showState(); if (state === 'live') load(); } });
  dayWatch = undefined;
  if (!$('date').value) $('date').value = serviceDate(venue());
  openDay();
}

function openDay() {
  if (!venue() || !$('date').value) return;
  clear();
  head();
  draw();
  const { venueId } = venue();
  dayWatch?.stop();
  dayWatch = live?.watchDay(venueId, $('date').value, { onvalue: () => blocks?.news(failed), onerror() {} }); // a day that cannot be booked can be looked at
  load();
}

/** What stands above the book, and in the address. */
function head() {
  const { venueId, name, timeZone } = venue();
  const date = $('date').value;
  const lang = new URLSearchParams(location.search).get('lang');
  history.replaceState(null, '', `?${new URLSearchParams({ venue: venueId, date, ...(shownAs() !== 'list' && { view: shownAs() }), ...(lang && { lang }) })}`);
  $('set-up').href = `./setup.html?${new URLSearchParams({ venue: venueId, date, ...(lang && { lang }) })}`;
  $('when').textContent = longDate(date);
  $('zone').textContent = t('localTimes', { name, offset: offset(timeZone, during(date)), time: clock(timeIn(timeZone, now())) });
  showState();
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
    if (restoredAt) book.clear(); // what was kept may have been erased since
    restoredAt = undefined;
    isRead = true;
    booked.forEach((each) => book.take(each));
    line?.forEach((each) => book.take({ kind: 'waitlist', ...each }));
    lineIsWhole = Boolean(line);
    showState();
    draw();
    say(book.on(venueId, date, 'reservation').length ? '' : t('nobody'));
  } catch (refusal) {
    if (mine !== asked) return;
    if ([401, 403].includes(refusal.status)) showNothing();
    if (refusal.isOpen && !isRead) restore();
    return say(refusal.message);
  }
  await lookAtBlocks(() => mine === asked);
}

/** What is closed comes after what is booked: the part that knows it is no part of a first look. */
async function lookAtBlocks(isStillAsked) {
  if (!blocks) await new Promise((resolve) => setTimeout(resolve, AFTER_FIRST_LOOK));
  blocks ??= await part('blocks').catch(() => undefined); // tried again at the next look
  if (isStillAsked()) await blocks?.look(venue(), $('date').value, draw).catch((failure) => isStillAsked() && failed(failure));
}

const failed = ({ message }) => say(message);

/** What this tab knew of the evening before it was reloaded; returns whether it is shown. */
function restore() {
  if (isComingBack()) return false; // it may be somebody else
  const query = new URLSearchParams(location.search);
  const evening = kept($('venue').value || query.get('venue'), $('date').value || query.get('date'));
  if (!evening) return false;
  if (!venue()) {
    api.know(evening.venue);
    chooseVenue($('venue'), [evening.venue], evening.venue.venueId, ({ name }) => name);
    $('date').value = evening.date;
  }
  ({ lineIsWhole, at: restoredAt } = evening);
  evening.entries.forEach((each) => book.take(each));
  head();
  draw();
  return true;
}

/** What is shown, as it was when it was last known to be so. */
function evening() {
  if (!isRead || !venue()) return undefined;
  const { venueId } = venue();
  const date = $('date').value;
  const entries = ['reservation', 'waitlist'].flatMap((kind) => book.on(venueId, date, kind))
    .map(({ watchToken, manageToken, ...each }) => each); // what opens anything is not kept
  return { venue: venue(), date, entries, lineIsWhole, at: watch?.state === 'live' ? Date.now() : watch?.since ?? Date.now() };
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
  const closed = blocks?.blocksOf(venue(), date) ?? [];
  drawView(venue(), date, shown, closed);
  drawLine(book.on(venueId, date, 'waitlist'), timeZone, lineIsWhole);
  const open = shown.filter(({ status }) => OPEN.includes(status));
  const covers = open.reduce((sum, { partySize }) => sum + partySize, 0);
  $('summary').textContent = t('summary', { tables: t('tables', { n: open.length }), covers: t('covers', { n: covers }) });
  keepSoon(evening);
}

async function takeIn(walkIn) {
  if (isComing) return undefined; // what was asked for first is on its way
  isComing = true;
  const found = await part('take').catch(() => undefined);
  isComing = false;
  if (!found) return say(t('no-answer'));
  return venue() && !isElsewhere() && found.open(walkIn, { venue: venue(), date: $('date').value });
}

/** Whether the host has opened something else while what was asked for was on its way. */
const isElsewhere = () => document.querySelector('dialog[open]');

async function block() {
  blocks ??= await part('blocks').catch(() => undefined);
  if (!blocks) return say(t('no-answer'));
  if (!venue() || isElsewhere()) return undefined;
  const looked = { venue: venue(), date: $('date').value };
  blocks.openBlock(looked);
  return blocks.look(looked.venue, looked.date, draw).catch((failure) => venue() === looked.venue && $('date').value === looked.date && failed(failure));
}

function showState() {
  const state = restoredAt ? 'stale' : watch?.state ?? 'connecting';
  const isSure = state === 'live' || state === 'connecting';
  $('connection').dataset.state = isSure ? state : 'offline';
  $('connection').textContent = t(watch?.reason === 'delayed' ? 'delayed' : { ended: 'notLive' }[state] ?? state);
  $('stale').hidden = isSure;
  $('stale').textContent = watch?.reason === 'delayed' ? t('delayedSince') : t('notLiveAt', { time: exactTime(restoredAt ?? watch?.since ?? Date.now()) });
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
book.listen({ changed: draw, failed });
setUpAim(draw);
$('walk-in').onclick = () => takeIn(true);
$('phone-booking').onclick = () => takeIn(false);
$('block-some').onclick = block;
addEventListener('pagehide', () => keepNow(evening));
$('print').onclick = () => print();
shieldFromDoubleClicks();
setUpViews({ say, draw: () => { if (venue()) head(); draw(); } });
navigator.serviceWorker?.register(new URL('../../worker.js', import.meta.url), { scope: './staff.html' }).catch(() => {}); // some browsers keep nothing
const unlessThere = () => isRead || restoredAt || restore();
setTimeout(unlessThere, PATIENCE);
persistently(start, () => { // not waited for: the parts import this module, which has to have come to its end
  unlessThere();
  say(t('trying'));
});

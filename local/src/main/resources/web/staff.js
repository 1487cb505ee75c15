// The book of a day, for staff: the list over REST, every change since over the live socket.
//
// Aim: while somebody points at the list, or goes through it by keyboard, its rows stay where they are. What would move them waits,
// and is counted; a click just after the list has moved all the same does nothing and says so.

import { connect } from '/v1/live/client.js';
import * as api from './api.js';
import { $, actionButton, announce, chooseVenue, element, persistently, place } from './dom.js';
import { addDays, clock, during, exactTime, guests, longDate, offset, serviceDate, timeIn } from './times.js';
import { has, speak, t } from './words.js';

const NEXT = { confirmed: ['seat', 'cancel', 'no-show'], held: ['cancel'], seated: ['finish'] };
const OPEN = ['held', 'confirmed', 'seated'];
const EARLY = 30 * 60_000; // to be seated so long before the booked time is nothing unusual
const SETTLE = 700;
const TOUCHED = 1_500;

const entries = new Map(); // id -> the newest state known
const rows = new Map();
let venues = [];
let live;
let watch;
let asked = 0;
let movedAt = 0;
let pointing = false;
let waiting = 0;

const venue = () => venues.find((each) => each.venueId === $('venue').value);
const nameOf = (entry) => entry.guest?.name ?? t('nameless');

async function start() {
  const query = new URLSearchParams(location.search);
  venues = await api.venues();
  const chosen = chooseVenue($('venue'), venues, query.get('venue'), ({ name }) => name);
  if (!chosen) return say(t(venues.length ? 'unknownVenue' : 'noVenues'));
  $('date').value = query.get('date') ?? serviceDate(venue());
  openVenue();
}

/** A venue's changes need its own token, so each venue has its own connection. */
function openVenue() {
  live?.close();
  const { venueId } = venue();
  live = connect({ token: () => api.token('reservations:read', venueId) });
  watch = live.watchVenue(venueId, { onvalue: changed, onerror: ({ message }) => say(message),
    onstate: ({ state }) => { showState(); if (state === 'live') load(); } });
  if (!$('date').value) $('date').value = serviceDate(venue());
  openDay();
}

function openDay() {
  if (!venue() || !$('date').value) return;
  entries.clear();
  rows.clear();
  pointing = false;
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
  const date = $('date').value;
  say(t('reading'));
  try {
    const all = await api.reservations(venue().venueId, date);
    if (mine !== asked) return;
    all.forEach(take);
    say(entries.size ? '' : t('nobody'));
    draw();
  } catch (refusal) {
    if (mine === asked) say(refusal.message);
  }
}

function take(state) {
  const known = entries.get(state.id);
  if (known && known.version >= state.version && (known.guest || !state.guest)) return false;
  if (known?.version > state.version) state = { ...known, guest: state.guest, note: state.note };
  entries.set(state.id, { ...known, ...state });
  return true;
}

function changed(state) {
  if (state.kind !== 'reservation') return;
  const known = entries.get(state.id);
  const concerns = state.date === $('date').value || known;
  if (!concerns || !take(state)) return;
  draw();
  rows.get(state.id)?.classList.add('changed');
  announce(whatChanged(known, state));
  say('');
  if (!entries.get(state.id).guest) learnName(state);
}

function whatChanged(known, state) {
  const what = { time: clock(state.time), guests: guests(state.partySize), status: statusOf(state) };
  if (!known) return t('isNew', what);
  return t(known.status === state.status && known.startsAt !== state.startsAt ? 'hasMoved' : 'isNow', what);
}

/** Changes carry no personal data, so the name is read with staff's own token. */
async function learnName({ venueId, id }) {
  try {
    if (take(await api.reservation(venueId, id))) draw();
  } catch (refusal) {
    say(refusal.message);
  }
}

/** Draws the list; while somebody aims at it, only what does not move a row. */
function draw() {
  const shown = [...entries.values()].filter(({ date }) => date === $('date').value)
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id));
  for (const id of rows.keys()) if (!entries.has(id)) rows.delete(id);
  const wanted = shown.map(row);
  const there = [...$('entries').children];
  const moves = there.length > 0 && wanted.filter((each, i) => each !== there[i]).length;
  waiting = moves && isAimedAt() ? wanted.filter((each) => !there.includes(each)).length || 1 : 0;
  if (!waiting) {
    if (moves && wanted.slice(0, there.length).some((each, i) => each !== there[i])) movedAt = performance.now();
    place($('entries'), wanted);
  }
  $('waiting').hidden = !waiting;
  $('waiting-text').textContent = t('waitingRows', { n: waiting });
  const open = shown.filter(({ status }) => OPEN.includes(status));
  const covers = open.reduce((sum, { partySize }) => sum + partySize, 0);
  $('summary').textContent = t('summary', { tables: t('tables', { n: open.length }), covers: t('covers', { n: covers }) });
}

const isAimedAt = () => pointing || Boolean($('entries').querySelector(':focus-visible'));

function leave() {
  pointing = false;
  if (waiting) draw();
}

const statusOf = ({ status }) => (has(`status-${status}`) ? t(`status-${status}`) : status);

function row(entry) {
  const known = rows.get(entry.id);
  const seen = JSON.stringify(entry);
  if (known?.seen === seen) return known;
  const made = known ?? element('tr', { test: 'entry' });
  const focused = made.contains(document.activeElement) && document.activeElement.dataset.testid;
  made.seen = seen;
  made.dataset.status = entry.status;
  const cell = (label, value, properties = {}) => element('td', { textContent: value, data: { label: t(label) }, ...properties });
  const contact = [entry.guest?.phone, entry.note].filter(Boolean).join(' · ');
  made.replaceChildren(
    element('th', { scope: 'row', textContent: clock(entry.time) }),
    cell('colGuests', entry.partySize),
    element('td', { className: 'name', data: { label: t('colName') } },
      element('bdi', { textContent: entry.guest?.name ?? '·' }), ...(contact ? [element('small', { textContent: contact, dir: 'auto' })] : [])),
    cell('colTable', entry.tables?.join(' + ') ?? ''),
    element('td', { data: { label: t('colStatus') } }, element('span', { className: 'status', textContent: statusOf(entry), data: { status: entry.status } })),
    element('td', { className: 'actions' }, ...(NEXT[entry.status] ?? []).map((step) => action(entry, step)), element('p', { className: 'error', role: 'alert' })));
  rows.set(entry.id, made);
  if (focused) (made.querySelector(`[data-testid="${focused}"]`) ?? made.querySelector('button') ?? focusable(made)).focus();
  return made;
}

/** Keeps the place for whoever goes by keyboard when a row has nothing more to do. */
function focusable(row) {
  row.tabIndex = -1;
  return row;
}

function action(entry, step) {
  const about = t('aboutWhom', { action: t(step), name: nameOf(entry), time: clock(entry.time) });
  return actionButton({ textContent: t(step), test: `entry-${step}`, title: about, aria: { label: about, disabled: true } }, async (button) => {
    if (performance.now() - movedAt < SETTLE) return explain(entry, t('movedUnder'));
    explain(entry, '');
    if (!(await isSure(entry, step, button))) return;
    try {
      take(await api.turn(entry.venueId, entry.id, step));
    } catch (refusal) {
      if (refusal.isOpen) await learnOutcome(entry);
      explain(entry, refusal.isOpen ? t('readingOutcome') : refusal.message);
    }
    draw();
  });
}

/** The answer was lost, the deed perhaps not. */
async function learnOutcome({ venueId, id }) {
  try {
    if (take(await api.reservation(venueId, id))) draw();
  } catch (refusal) {
    say(refusal.message);
  }
}

/** What went wrong stands where the eye is: in the row. */
function explain({ id }, text) {
  const place = rows.get(id)?.querySelector('.error');
  if (place) place.textContent = text;
}

/** What cannot be taken back is asked about, with the guest's name, and so is what comes at an unlikely time. */
function isSure(entry, step, opener) {
  const question = questionFor(entry, step, Date.now());
  if (!question) return true;
  $('sure-title').textContent = t(question, { name: nameOf(entry), time: clock(entry.time) });
  $('sure-text').textContent = t('sureText', { guests: guests(entry.partySize), tables: t('tableNames', { tables: entry.tables?.join(' + ') ?? '' }) });
  $('sure-yes').textContent = t(step);
  $('sure').returnValue = '';
  $('sure').showModal();
  $('sure-no').focus();
  return new Promise((resolve) => {
    $('sure').addEventListener('close', () => {
      opener.focus({ preventScroll: true });
      resolve($('sure').returnValue === 'yes');
    }, { once: true });
  });
}

function questionFor({ startsAt, endsAt }, step, now) {
  if (step === 'cancel') return 'sureCancel';
  if (step === 'no-show') return 'sureNoShow';
  if (step === 'seat') return now < Date.parse(startsAt) - EARLY || now > Date.parse(endsAt) ? 'sureSeat' : undefined;
  return now < Date.parse(startsAt) + EARLY ? 'sureFinish' : undefined;
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

function setUpAim() {
  const list = $('entries');
  let release;
  list.addEventListener('pointermove', ({ pointerType }) => { if (pointerType !== 'touch') pointing = true; });
  list.addEventListener('pointerleave', ({ pointerType }) => { if (pointerType !== 'touch') leave(); });
  list.addEventListener('pointerdown', ({ pointerType }) => {
    if (pointerType !== 'touch') return;
    pointing = true;
    clearTimeout(release);
    release = setTimeout(leave, TOUCHED);
  });
  list.addEventListener('focusout', () => setTimeout(() => { if (!isAimedAt()) leave(); }));
  $('waiting-show').onclick = leave;
}

$('venue').onchange = openVenue;
$('date').onchange = openDay;
$('day-before').onclick = () => moveDate(-1);
$('day-after').onclick = () => moveDate(1);
$('search').onsubmit = (event) => event.preventDefault();

await speak();
showState();
setUpAim();
await persistently(start, () => say(t('trying')));

// The book of a day, for staff: the list over REST, every change since over the live socket.

import { connect } from '/v1/live/client.js';
import * as api from './api.js';
import { $, announce, element, place } from './dom.js';
import { addDays, exactTime, longDate, offset, serviceDate, timeIn } from './times.js';

const NEXT = { confirmed: ['seat', 'cancel', 'no-show'], held: ['cancel'], seated: ['finish'] };
const WORDS = { seat: 'Seat', finish: 'Finish', cancel: 'Cancel', 'no-show': 'No-show' };
const OPEN = ['held', 'confirmed', 'seated'];

const entries = new Map(); // id -> the newest state known
const rows = new Map();
let venues = [];
let live;
let watch;
let asked = 0;

const venue = () => venues.find((each) => each.venueId === $('venue').value);

async function start() {
  venues = await api.venues();
  const query = new URLSearchParams(location.search);
  $('venue').replaceChildren(...venues.map((each) => element('option', { value: each.venueId, textContent: each.name })));
  if (venues.some((each) => each.venueId === query.get('venue'))) $('venue').value = query.get('venue');
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
  openDay();
}

function openDay() {
  entries.clear();
  const { venueId, name, timeZone } = venue();
  const date = $('date').value;
  history.replaceState(null, '', `?${new URLSearchParams({ venue: venueId, date })}`);
  $('when').textContent = longDate(date);
  $('zone').textContent = `${name}, times are local (${offset(timeZone, Date.now())}); it is ${timeIn(timeZone, Date.now())} there`;
  showState();
  draw();
  load();
}

/** Read anew whenever the watch becomes live; whichever state has the higher version stays. */
async function load() {
  const mine = ++asked;
  const date = $('date').value;
  say('Reading the book …');
  try {
    const all = await api.reservations(venue().venueId, date);
    if (mine !== asked) return;
    all.forEach(take);
    say(entries.size ? '' : 'Nobody has booked yet.');
    draw();
  } catch (refusal) {
    if (mine === asked) say(refusal.message);
  }
}

function take(state) {
  const known = entries.get(state.id);
  if (known && known.version >= state.version && (known.guest || !state.guest)) return false;
  if (known?.version > state.version) state = { ...known, guest: state.guest };
  entries.set(state.id, { ...known, ...state });
  return true;
}

function changed(state) {
  if (state.kind !== 'reservation') return;
  const concerns = state.date === $('date').value || entries.has(state.id);
  if (!concerns || !take(state)) return;
  draw();
  rows.get(state.id)?.classList.add('changed');
  announce(`${state.time}, ${state.partySize} guests: ${state.status}.`);
  say('');
  if (!entries.get(state.id).guest) learnName(state);
}

/** Changes carry no personal data, so the name is read with staff's own token. */
async function learnName({ venueId, id }) {
  try {
    if (take(await api.reservation(venueId, id))) draw();
  } catch (refusal) {
    say(refusal.message);
  }
}

function draw() {
  const shown = [...entries.values()].filter(({ date }) => date === $('date').value)
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.id.localeCompare(b.id));
  for (const id of rows.keys()) if (!entries.has(id)) rows.delete(id);
  place($('entries'), shown.map(row));
  const open = shown.filter(({ status }) => OPEN.includes(status));
  const covers = open.reduce((sum, { partySize }) => sum + partySize, 0);
  $('summary').textContent = `${open.length} ${open.length === 1 ? 'table' : 'tables'}, ${covers} covers`;
}

function row(entry) {
  const known = rows.get(entry.id);
  const seen = JSON.stringify(entry);
  if (known?.seen === seen) return known;
  const made = known ?? element('tr', { test: 'entry' });
  const focused = made.contains(document.activeElement) && document.activeElement.dataset.testid;
  made.seen = seen;
  made.dataset.status = entry.status;
  const text = (value) => element('td', { textContent: value });
  made.replaceChildren(element('th', { scope: 'row', textContent: entry.time }), text(entry.partySize), text(entry.guest?.name ?? '·'),
    text(entry.tables?.join(' + ') ?? ''), element('td', {}, element('span', { className: 'status', textContent: entry.status })),
    element('td', { className: 'actions' }, ...(NEXT[entry.status] ?? []).map((step) => action(entry, step))));
  rows.set(entry.id, made);
  if (focused) made.querySelector('button')?.focus();
  return made;
}

function action(entry, step) {
  const button = element('button', { type: 'button', textContent: WORDS[step], test: `entry-${step}`, title: `${WORDS[step]} ${entry.guest?.name ?? ''} at ${entry.time}` });
  button.onclick = async () => {
    button.disabled = true;
    try {
      take(await api.turn(entry.venueId, entry.id, step));
      draw();
    } catch (refusal) {
      say(refusal.message);
      button.disabled = false;
    }
  };
  return button;
}

function showState() {
  const state = watch?.state ?? 'connecting';
  $('connection').dataset.state = { stale: 'offline', ended: 'offline' }[state] ?? state;
  $('connection').textContent = { connecting: 'Connecting', live: 'Live', stale: 'Reconnecting', ended: 'Not live' }[state];
  $('stale').hidden = state === 'live' || state === 'connecting';
  $('stale').textContent = `Not live: this was so at ${exactTime(watch?.since ?? Date.now())}.`;
}

function say(text) {
  $('message').textContent = text;
}

function moveDate(days) {
  $('date').value = addDays($('date').value, days);
  openDay();
}

$('venue').onchange = openVenue;
$('date').onchange = openDay;
$('day-before').onclick = () => moveDate(-1);
$('day-after').onclick = () => moveDate(1);
$('search').onsubmit = (event) => event.preventDefault();
start().catch((failure) => say(`${failure.message} Reload the page to try again.`));

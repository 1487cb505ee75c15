import { bookable, connect } from '/v1/live/client.js';

const $ = (id) => document.getElementById(id);
const live = connect();
let venues = [];
let day;
let stopWatching = () => {};
let wanted;

const NAMES = { connecting: 'Connecting', live: 'Live', offline: 'Offline: what you see may be old' };

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function testId(made, id) {
  made.dataset.testid = id;
  return made;
}

const venue = () => venues.find((each) => each.venueId === $('venue').value);
const party = () => Math.max(1, Number($('party').value) || 1);
const today = (zone) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());

live.onstate = showState;
live.onerror = (error) => { if (error.code !== 'unknown-ref') $('message').textContent = error.message; };

function showState(state) {
  $('connection').dataset.state = state;
  $('connection').textContent = NAMES[state] + (state === 'live' && day ? ` · version ${day.version}` : '');
  document.body.classList.toggle('stale', state === 'offline');
}

async function start() {
  showState(live.state);
  const page = await (await fetch('/v1/venues?limit=200')).json();
  venues = page.items;
  const asked = new URLSearchParams(location.search);
  $('venue').append(...venues.map((each) => element('option', { value: each.venueId, textContent: `${each.name}, ${each.city ?? ''}` })));
  if (venues.some((each) => each.venueId === asked.get('venue'))) $('venue').value = asked.get('venue');
  $('date').value = asked.get('date') || today(venue().timeZone);
  $('party').value = asked.get('partySize') || 2;
  $('name').value = localStorage.getItem('name') || '';
  watch();
}

function watch() {
  stopWatching();
  day = undefined;
  $('slots').replaceChildren();
  $('message').textContent = 'Looking for tables';
  const { timeZone } = venue();
  $('zone').textContent = `Times are local to ${venue().city ?? venue().name} (${timeZone})`;
  remember();
  if (!$('date').value) return;
  stopWatching = live.watchDay($('venue').value, $('date').value, (newer) => {
    const before = day;
    day = newer;
    draw(before);
    showState(live.state);
  });
}

function remember() {
  const query = new URLSearchParams({ venue: $('venue').value, date: $('date').value, partySize: party() });
  history.replaceState(null, '', `?${query}`);
}

function draw(before) {
  if (!day) return;
  const had = new Map((before?.slots ?? []).map((slot) => [slot.startsAt, slot.left[party()] ?? 0]));
  const slots = bookable(day);
  $('slots').replaceChildren(...slots.map((slot) => button(slot, had)));
  $('message').textContent = slots.length ? '' : 'Nothing can be booked on this day.';
}

function button(slot, had) {
  const left = slot.left[party()] ?? 0;
  const text = left === 0 ? 'taken' : left === 1 ? 'last table' : `${left} tables`;
  const made = element('button', { className: 'slot', type: 'button', disabled: left === 0 },
    element('time', { textContent: slot.time }), element('small', { textContent: text }));
  made.setAttribute('aria-label', `${slot.time}, ${text}`);
  made.classList.toggle('last', left === 1);
  made.classList.toggle('changed', had.has(slot.startsAt) && had.get(slot.startsAt) !== left);
  made.onclick = () => ask(slot.time);
  return testId(made, `slot-${slot.time}`);
}

function ask(time) {
  wanted = { venueId: $('venue').value, date: $('date').value, time, partySize: party(), key: crypto.randomUUID() };
  $('what').textContent = `${venue().name}, ${time}, ${wanted.partySize === 1 ? 'one guest' : `${wanted.partySize} guests`}`;
  $('booking').showModal();
  $('name').focus();
}

async function token(venueId) {
  const query = new URLSearchParams({ scope: 'reservations:write', venue_ids: venueId });
  return (await (await fetch(`/local/token?${query}`)).json()).access_token;
}

async function post(path, venueId, body, key) {
  const headers = { Authorization: `Bearer ${await token(venueId)}`, 'Content-Type': 'application/json' };
  if (key) headers['Idempotency-Key'] = key;
  const response = await fetch(path, { method: 'POST', headers, body: body && JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

async function book() {
  const { venueId, date, time, partySize, key } = wanted;
  localStorage.setItem('name', $('name').value);
  const body = { date, time, partySize, guest: { name: $('name').value }, channel: 'web' };
  try {
    const answer = await post(`/v1/venues/${venueId}/reservations`, venueId, body, key);
    if (answer.status === 201) showBooked(answer.body);
    else showRefused(answer.body, time);
  } catch {
    notice('conflict', 'No answer', 'The connection failed before an answer came. Look at the times and try again.');
  }
}

function notice(kind, title, text, ...more) {
  const box = element('div', { className: `notice ${kind}` },
    element('h2', { textContent: title }), element('p', { textContent: text }), ...more);
  $('news').replaceChildren(box);
  return box;
}

function showBooked(reservation) {
  const cancel = testId(element('button', { type: 'button', textContent: 'Cancel it' }), 'cancel');
  cancel.onclick = async () => {
    const answer = await post(`/v1/reservations/${reservation.id}/cancel`, reservation.venueId);
    notice('', answer.status === 200 ? 'Cancelled' : 'Not cancelled', answer.body.detail ?? 'The table is free again.');
  };
  testId(notice('', `Yours at ${reservation.time}`,
    `${reservation.date}, table ${reservation.tables.join(' and ')}.`, cancel), 'booked');
}

const CAUSES = { 'table-taken': 'Somebody was faster.', held: 'Somebody is about to book it.',
  pacing: 'Too many guests start at this time.' };

function showRefused(problem, time) {
  const text = problem.cause ? CAUSES[problem.cause] : problem.detail;
  const offers = (problem.alternatives ?? []).map((offer) => {
    const made = testId(element('button', { type: 'button', textContent: offer.time }), 'alternative');
    made.onclick = () => ask(offer.time);
    return made;
  });
  const rest = offers.length ? 'Still free: ' : '';
  testId(notice('conflict', `${time} is gone`, `${text} ${rest}`,
    element('div', { className: 'row' }, ...offers)), 'conflict');
}

$('venue').onchange = watch;
$('date').onchange = watch;
$('party').oninput = () => { remember(); draw(); };
$('search').onsubmit = (event) => event.preventDefault();
$('back').onclick = () => $('booking').close();
$('book').onsubmit = book;
setInterval(() => draw(day), 30_000);
start().catch(() => { $('message').textContent = 'The platform does not answer. Reload to try again.'; });

// The evening as the house stands: each table where it is, and how it is now, or at the time that is asked for. Choosing a table says who is at it
// and who is to come, with what can be done.

import { hoursOf } from '../common/hours.js';
import { instantOf } from '../common/instants.js';
import { DIRECTIONS, nearest, rooms, stand } from '../common/plan.js';
import { $, actionButton, element, place } from '../common/dom.js';
import { clock, guests, now, serviceDate, timeIn } from '../common/times.js';
import { alsoLearn, t } from '../common/words.js';
import phrases from '../floor/words/en.js';
import * as book from './book.js';
import { actions } from './deeds.js';
import { statusOf } from './rows.js';
import { part } from './views.js';

const MINUTE = 60_000;
const STEP = 15 * MINUTE;
const SOON = 45 * MINUTE;
const EVENING = 8 * 60 * MINUTE;
const OPEN = ['held', 'confirmed', 'seated'];

let shown; // { venue, date, entries, at: table -> entries by their start, blocks }
let asked; // the instant that the host wants to see; undefined: now
let plan; // of the venue that is drawn: rooms with the buttons of their tables
let chosen; // the id of the table whose dialog is open

await alsoLearn('floor', phrases);
const style = element('link', { rel: 'stylesheet', href: new URL('./floor.css', import.meta.url).href });
const styled = new Promise((resolve) => { style.onload = style.onerror = resolve; });
document.head.append(style);

const slider = element('input', { id: 'floor-at', type: 'range', test: 'floor-at', oninput: () => see(Number(slider.value)) });
const nowButton = element('button', { type: 'button', textContent: t('floorNow'), test: 'floor-now', onclick: () => see(undefined) });
const said = element('output', { htmlFor: 'floor-at' });
const house = element('div', { id: 'house' });
const region = element('div', { id: 'floor', role: 'region', ariaLabel: t('floorPlan') },
  element('p', { className: 'quiet', textContent: t('floorHow') }),
  element('div', { className: 'floor-time' }, element('label', { htmlFor: 'floor-at', textContent: t('floorAt') }), slider, said, nowButton), house);
$('tables').after(region);
const dialog = tableDialog();
await styled;

export const hide = (isHidden) => { region.hidden = isHidden; };

/** @param entries all of the day; @param blocks with `startsAt`, `endsAt` and `closedTables` */
export function drawFloor(venue, date, entries, blocks) {
  if (shown?.date !== date || shown.venue !== venue) asked = undefined;
  if (shown?.venue !== venue) times.clear();
  const open = entries.filter(({ status }) => OPEN.includes(status)).sort(byStart);
  shown = { venue, date, entries: open, at: new Map(), blocks };
  for (const entry of open) for (const table of entry.tables ?? []) shown.at.set(table, [...(shown.at.get(table) ?? []), entry]);
  if (plan?.venue !== venue) build(venue);
  drawTime();
  const { at, isNow } = moment();
  for (const { places } of plan.rooms) for (const each of places) drawTable(each, stateOf(each.table, at, isNow));
  if (dialog.open) drawDialog();
}

setInterval(() => shown && !region.hidden && drawFloor(shown.venue, shown.date, shown.entries, shown.blocks), MINUTE / 2);

function build(venue) {
  plan = { venue, rooms: rooms(venue.tables) };
  place(house, plan.rooms.map((room) => {
    const made = element('div', { className: 'room', test: 'room' });
    made.style.aspectRatio = `${room.width} / ${room.height}`;
    for (const each of room.places) {
      each.button = element('button', { type: 'button', className: 'stand', test: `stand-${each.table.id}`, onclick: () => openTable(each.table.id),
        onkeydown: (event) => byKey(event, room, each) }, element('span', {}));
      stand(each.button, each.at, room);
      made.append(each.button);
    }
    return element('section', { ariaLabel: room.area || t('room') }, ...(room.area ? [element('h3', {}, element('bdi', { textContent: room.area }))] : []), made);
  }));
}

function byKey(event, room, from) {
  const direction = DIRECTIONS[event.key];
  const to = direction && nearest(room.places, from, direction);
  if (!direction) return;
  event.preventDefault();
  to?.button.focus();
}

/** The evening that can be seen: from the first who comes, or the first hours, to the last who leaves. */
function evening() {
  const { venue, date, entries } = shown;
  const first = hoursOf(venue, date).map(({ firstSeating }) => firstSeating).sort()[0] ?? '12:00';
  const from = Math.min(instantOf(venue.timeZone, date, first), ...entries.map(({ startsAt }) => Date.parse(startsAt)));
  const to = Math.max(from + EVENING, ...entries.map(({ endsAt }) => Date.parse(endsAt)));
  return { from, to };
}

/** Now on the day that is on; another day is looked at from its beginning. */
function moment() {
  if (asked !== undefined) return { at: asked, isNow: false };
  const isToday = serviceDate(shown.venue) === shown.date;
  return isToday ? { at: now(), isNow: true } : { at: evening().from, isNow: false };
}

function see(instant) {
  asked = instant;
  drawFloor(shown.venue, shown.date, shown.entries, shown.blocks);
}

function drawTime() {
  const { from, to } = evening();
  const { at, isNow } = moment();
  Object.assign(slider, { min: from, max: to, step: STEP, value: at });
  const text = isNow ? t('floorNow') : clock(timeIn(shown.venue.timeZone, at));
  slider.setAttribute('aria-valuetext', text);
  said.textContent = text;
  nowButton.hidden = asked === undefined;
}

const times = new Map(); // instant -> as it is written, which takes longer than all else here

function time(iso) {
  if (!times.has(iso)) times.set(iso, clock(timeIn(shown.venue.timeZone, iso)));
  return times.get(iso);
}

const byStart = (a, b) => a.startsAt.localeCompare(b.startsAt);

/** @return `{ state, text, entry }`; who sits there goes before who should, and that before who will */
function stateOf(table, instant, isNow) {
  const here = shown.at.get(table.id) ?? [];
  const isOn = ({ startsAt, endsAt }) => Date.parse(startsAt) <= instant && instant < Date.parse(endsAt);
  const seated = here.find((entry) => entry.status === 'seated' && (isNow || isOn(entry)));
  if (seated) {
    return isNow && Date.parse(seated.endsAt) <= instant
      ? { state: 'over', text: t('floorOver', { time: time(seated.endsAt) }), entry: seated }
      : { state: 'seated', text: t('floorSeated', { time: time(seated.endsAt) }), entry: seated };
  }
  const due = here.find((entry) => entry.status !== 'seated' && isOn(entry));
  if (due) return { state: 'due', text: t('floorDue', { time: time(due.startsAt) }), entry: due };
  const isClosed = shown.blocks.some((block) => block.startsAt <= instant && instant < block.endsAt && block.closedTables.includes(table.id));
  if (isClosed) return { state: 'blocked', text: t('floorBlocked') };
  const soon = here.find(({ startsAt }) => Date.parse(startsAt) > instant && Date.parse(startsAt) - instant <= SOON);
  return soon ? { state: 'soon', text: t('floorSoon', { time: time(soon.startsAt) }), entry: soon } : { state: 'free', text: t('floorFree') };
}

function drawTable({ table, button }, { state, text, entry }) {
  const name = entry && (entry.guest?.name ?? '·');
  const said = { table: table.id, guests: guests(table.maxCovers), state: text, name: name && `${name}, ${guests(entry.partySize)}` };
  const label = t(name ? 'tableWith' : 'tableOf', said);
  if (button.ariaLabel === label && button.dataset.state === state) return;
  button.dataset.state = state;
  button.setAttribute('aria-label', label);
  button.title = label;
  button.firstChild.replaceChildren(element('strong', { textContent: table.id }), element('small', { textContent: name ? `${name} · ${entry.partySize}` : `${table.minCovers}–${table.maxCovers}`, dir: 'auto' }),
    element('small', { textContent: text }));
}

function tableDialog() {
  const made = element('dialog', { id: 'at-table' }, element('form', { method: 'dialog' },
    element('div', {}, element('h2', { id: 'at-table-title' }), element('p', { id: 'at-table-state', className: 'quiet' })),
    element('ul', { id: 'at-table-entries' }),
    element('div', { id: 'at-table-buttons', className: 'buttons' }),
    element('p', { className: 'unseen announce', ariaLive: 'polite' })));
  made.setAttribute('aria-labelledby', 'at-table-title');
  made.addEventListener('close', () => { if (!made.open) chosen = undefined; }); // told late, it may be open again
  $('take').after(made);
  return made;
}

function openTable(id) {
  chosen = id;
  drawn.clear();
  const elsewhere = (test, text, open) => actionButton({ textContent: text, test }, async () => {
    dialog.close();
    await open().catch(() => { $('message').textContent = t('no-answer'); });
  });
  const looked = { venue: shown.venue, date: shown.date, tables: [id] };
  $('at-table-buttons').replaceChildren(
    element('button', { textContent: t('back'), test: 'at-table-close' }),
    elsewhere('block-here', t('closeTable'), async () => (await part('blocks')).openBlock(looked)),
    elsewhere('book-here', t('phoneBooking'), async () => (await part('take')).open(false, looked)),
    elsewhere('walk-in-here', t('walkIn'), async () => (await part('take')).open(true, looked)));
  drawDialog();
  dialog.showModal();
}

const drawn = new Map(); // id of a reservation -> what is drawn of it in the dialog

function drawDialog() {
  const { table } = plan.rooms.flatMap(({ places }) => places).find((each) => each.table.id === chosen);
  const { at: instant, isNow } = moment();
  const { state, text } = stateOf(table, instant, isNow);
  $('at-table-title').textContent = t('tableNames', { tables: table.id });
  $('at-table-state').textContent = `${guests(table.maxCovers)} · ${text}`;
  dialog.querySelector('[data-testid=walk-in-here]').hidden = !isNow || ['seated', 'over', 'due'].includes(state);
  const here = (shown.at.get(table.id) ?? []).map((entry) => book.newest(entry.id) ?? entry);
  place($('at-table-entries'), here.length ? here.map(item) : [element('li', { className: 'quiet', textContent: t('nobodyAtTable') })]);
}

function item(entry) {
  const seen = JSON.stringify(entry);
  const table = chosen; // by the time that it is done another table may be open
  if (drawn.get(entry.id)?.seen !== seen) {
    const about = [entry.guest?.phone, entry.note].filter(Boolean).join(' · ');
    drawn.set(entry.id, Object.assign(element('li', { test: 'at-table-entry', data: { entry: entry.id } },
      element('strong', { textContent: clock(entry.time) }), ' ', element('bdi', { textContent: entry.guest?.name ?? '·' }), ' ',
      element('span', { textContent: guests(entry.partySize) }), ' ', element('span', { className: 'status', textContent: statusOf(entry) }), ' ',
      about ? element('small', { textContent: about, dir: 'auto' }) : '',
      element('div', { className: 'buttons' }, ...actions(entry, () => { if (chosen === table) dialog.close(); })), element('p', { className: 'error', role: 'alert' })), { seen }));
  }
  return drawn.get(entry.id);
}

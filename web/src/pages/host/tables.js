// The evening as tables by time: one row a table, one bar a party. A bar is moved to another table or time by drag, or by arrow keys; while it
// is under way it stands where it would go, and only Enter, or letting go, asks for it. Escape leaves it where it was.

import * as api from '../common/api.js';
import { $, announce, element, place } from '../common/dom.js';
import { clock, guests, timeIn } from '../common/times.js';
import { isolated, t } from '../common/words.js';
import { refusalOf } from './aside.js';
import * as book from './book.js';
import { statusOf } from './rows.js';
import { offerUndo } from './undo.js';

const HOUR = 3_600_000;
const STEP = 15 * 60_000;
const OPEN = ['held', 'confirmed', 'seated'];
const MOVABLE = ['confirmed'];
const DRAG_FROM = 6; // pixels, below which it is a click

const bars = new Map(); // `id table` -> bar
let shown; // { venue, open, at: table -> who is there, closed, from, to }
let moving; // { entry, table, by } where a bar would go
let refused; // the entry that may be moved all the same

/** @param closed what is closed to new bookings, with `startsAt`, `endsAt` and `closedTables` */
export function drawTables(venue, entries, closed) {
  const open = entries.filter(({ status }) => OPEN.includes(status));
  const starts = open.map(({ startsAt }) => Date.parse(startsAt));
  const ends = open.map(({ endsAt }) => Date.parse(endsAt));
  const from = Math.floor(Math.min(...starts) / HOUR) * HOUR;
  const to = Math.ceil((Math.max(...ends) + HOUR) / HOUR) * HOUR;
  const hadAxis = shown && `${shown.from} ${shown.to}`;
  shown = { venue, open, at: atTables(open), closed, from, to };
  if (moving && book.newest(moving.entry.id)?.version !== moving.entry.version) settle(); // somebody else has moved it meanwhile
  if (refused && book.newest(refused.id)?.version !== refused.version) sayNews();
  $('tables-none').hidden = open.length > 0;
  const wanted = new Set(open.flatMap(({ id, tables = [] }) => tables.map((table) => `${id} ${table}`)).concat(moving ? `${moving.entry.id} ${moving.table}` : []));
  for (const key of bars.keys()) if (!wanted.has(key)) bars.delete(key);
  if (hadAxis !== `${from} ${to}`) {
    const hours = open.length ? Array.from({ length: (to - from) / HOUR }, (_, i) => from + i * HOUR) : [];
    place($('tables-hours'), hours.map((at) => element('span', { textContent: clock(timeIn(venue.timeZone, at)) })));
  }
  place($('tables-rows'), venue.tables.map(({ id }) => row(id)));
}

function atTables(open) {
  const at = new Map();
  for (const entry of open) {
    const goes = moving?.entry.id === entry.id && !moving.isByHand; // what a hand holds stays in its lane until it is let go
    for (const table of goes ? [moving.table] : entry.tables ?? []) at.set(table, [...(at.get(table) ?? []), entry]);
  }
  return at;
}

const rows = new Map();

function row(table) {
  if (!rows.has(table)) {
    rows.set(table, element('div', { className: 'lane', test: `lane-${table}`, data: { table } }, element('span', { className: 'lane-name', textContent: table }), element('div', { className: 'bars' })));
  }
  const here = shown.at.get(table) ?? [];
  place(rows.get(table).lastChild, [...closedFor(table), ...here.map((entry) => bar(entry, table))]);
  return rows.get(table);
}

/** Behind the bars, where the table takes nobody new. */
function closedFor(table) {
  const { from, to, closed, open } = shown;
  const part = (instant) => (Math.min(to, Math.max(from, instant)) - from) / (to - from) * 100;
  return open.length === 0 ? [] : closed.filter((each) => each.closedTables.includes(table) && each.endsAt > from && each.startsAt < to).map((each) => {
    const made = element('div', { className: 'closed', test: 'closed' });
    made.style.insetInlineStart = `${part(each.startsAt)}%`;
    made.style.width = `${part(each.endsAt) - part(each.startsAt)}%`;
    return made;
  });
}

function bar(entry, table) {
  const key = `${entry.id} ${table}`;
  const isMoving = moving?.entry.id === entry.id;
  if (!bars.has(key)) bars.set(key, element('button', { type: 'button', className: 'bar-of', test: 'bar' }));
  const made = bars.get(key);
  const { from, to, venue } = shown;
  const starts = Date.parse(entry.startsAt) + (isMoving ? moving.by : 0);
  const ends = Date.parse(entry.endsAt) + (isMoving ? moving.by : 0);
  const name = entry.guest?.name ?? '·';
  const seen = [entry.version, name, entry.note, from, to, isMoving, starts].join('\n');
  if (made.seen === seen) return made;
  made.seen = seen;
  made.textContent = `${name} · ${entry.partySize}`;
  made.title = [clock(timeIn(venue.timeZone, starts)), entry.note].filter(Boolean).join(' · ');
  made.dataset.status = entry.status;
  made.classList.toggle('moving', isMoving);
  made.setAttribute('aria-label', t('barOf', { name, time: clock(timeIn(venue.timeZone, starts)), guests: guests(entry.partySize), tables: table, status: statusOf(entry) }));
  made.style.insetInlineStart = `${(starts - from) / (to - from) * 100}%`;
  made.style.width = `${(ends - starts) / (to - from) * 100}%`;
  made.onkeydown = (event) => byKey(event, entry);
  made.onpointerdown = (event) => byHand(event, entry, made);
  return made;
}

const canMove = ({ status, tables = [] }) => MOVABLE.includes(status) && tables.length === 1;

function byKey(event, entry) {
  if (!canMove(entry)) return;
  const order = shown.venue.tables.map(({ id }) => id);
  const now = moving?.entry.id === entry.id ? moving : { entry, table: entry.tables[0], by: 0 };
  const onward = getComputedStyle($('tables-rows')).direction === 'rtl' ? -1 : 1;
  const across = { ArrowRight: STEP, ArrowLeft: -STEP }[event.key];
  const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape' && moving) settle();
  else if (event.key === 'Enter' && moving) commit();
  else if (across) moveTo({ ...now, by: now.by + across * onward });
  else if (down) moveTo({ ...now, table: order[Math.min(order.length - 1, Math.max(0, order.indexOf(now.table) + down))] });
  else return;
  event.preventDefault();
}

function moveTo(next) {
  moving = next;
  drawAgain();
  bars.get(`${next.entry.id} ${next.table}`)?.focus();
  announce(where(next));
}

const nameOf = ({ guest }) => isolated(guest?.name ?? t('nameless'));
const where = ({ entry, table, by }) =>
  t('movesTo', { name: nameOf(entry), tables: table, time: clock(timeIn(shown.venue.timeZone, Date.parse(entry.startsAt) + by)) });

/** A finger or a mouse: the lane beneath says the table, the way across the time. */
function byHand(down, entry, made) {
  if (!canMove(entry) || down.button !== 0) return;
  const width = made.parentElement.clientWidth;
  const onward = getComputedStyle(made).direction === 'rtl' ? -1 : 1;
  made.setPointerCapture(down.pointerId);
  const end = (isDone) => () => {
    made.onpointermove = made.onpointerup = made.onpointercancel = null;
    if (!moving) return;
    if (isDone) commit();
    else settle();
  };
  made.onpointermove = ({ clientX, clientY }) => {
    if (!moving && Math.hypot(clientX - down.clientX, clientY - down.clientY) < DRAG_FROM) return;
    const lane = document.elementsFromPoint(clientX, clientY).find((each) => each.classList.contains('lane'));
    const by = Math.round((clientX - down.clientX) * onward / width * (shown.to - shown.from) / STEP) * STEP;
    const next = { entry, table: lane?.dataset.table ?? moving?.table ?? entry.tables[0], by, isByHand: true };
    if (moving?.table === next.table && moving?.by === by) return;
    moving = next;
    made.seen = undefined; // so that it is drawn where it was, should it be left there
    made.style.insetInlineStart = `${(Date.parse(entry.startsAt) + by - shown.from) / (shown.to - shown.from) * 100}%`;
    for (const each of rows.values()) each.classList.toggle('target', each.dataset.table === next.table);
    $('tables-news').textContent = where(next);
  };
  made.onpointerup = end(true);
  made.onpointercancel = end(false);
}

async function commit() {
  const { entry, table, by } = moving;
  settle();
  if (table === entry.tables[0] && by === 0) return;
  const time = timeIn(shown.venue.timeZone, Date.parse(entry.startsAt) + by);
  await move(entry, { tables: [table], ...(by && { time }) }, Boolean(by));
}

/** @param override limits that shall not bind it */
async function move(entry, patch, isLater, override = []) {
  const again = (limits) => move(entry, patch, isLater, limits);
  const moved = await change(entry, { ...patch, ...(override.length && { override }) }, { override, again });
  if (!moved) return;
  const [table] = patch.tables;
  offerUndo(t('movedTo', { name: nameOf(moved), tables: table, time: clock(moved.time) }), async () => {
    const back = await change(book.newest(moved.id), { tables: entry.tables, ...(isLater && { time: entry.time }), ...(override.length && { override }) }, { version: moved.version });
    return back ? {} : { why: $('tables-news').textContent };
  });
}

/** With the version that was seen: what somebody else has changed since is not written over. */
async function change(entry, patch, { version = entry.version, override, again }) {
  sayNews();
  try {
    book.tell({ kind: 'reservation', ...(await api.change(entry.venueId, entry.id, patch, version)) });
  } catch (refusal) {
    if (!refusal.isOpen) {
      const { text, button } = refusalOf(refusal, { venue: shown.venue, date: entry.date, override }, again);
      const said = refusal.name === 'version-mismatch' ? t('undoChanged') : refusal.name === 'slot-taken' && !button ? t('moveTaken') : text;
      sayNews(`${nameOf(entry)}: ${said}`, ...(button && again ? [' ', button] : []));
      refused = button && again && entry;
      return undefined;
    }
    await book.learn(entry); // the answer was lost, the deed perhaps not
  }
  const now = book.newest(entry.id);
  if (now?.version > version) return now;
  sayNews(t('no-answer'));
  return undefined;
}

function settle() {
  moving = undefined;
  for (const each of rows.values()) each.classList.remove('target');
  sayNews();
  drawAgain();
}

function sayNews(...said) {
  refused = undefined;
  $('tables-news').replaceChildren(...said);
}

/** Who goes elsewhere has not taken the place. */
$('tables').addEventListener('focusout', () => setTimeout(() => {
  if (moving && !$('tables').contains(document.activeElement)) settle();
}));

const drawAgain = () => shown && drawTables(shown.venue, shown.open.map((entry) => book.newest(entry.id) ?? entry), shown.closed);

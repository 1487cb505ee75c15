// The rows of the book, and the host's aim.
//
// While somebody points at the list, or goes through it by keyboard, its rows stay where they are. What would move them waits,
// and is counted; a click just after the list has moved all the same does nothing and says so.

import * as book from './book.js';
import { $, element, place } from '../common/dom.js';
import { clock } from '../common/times.js';
import { has, t } from '../common/words.js';
import { part } from './views.js';

const SETTLE = 700;
const TOUCHED = 1_500;

const rows = new Map();
let movedAt = -SETTLE;
let pointing = false;
let waiting = 0;
let drawAgain = () => {};

export const statusOf = ({ status }) => (has(`status-${status}`) ? t(`status-${status}`) : status);
export const hasJustMoved = () => performance.now() - movedAt < SETTLE;

/** What stands above the list moves it too, as it comes and goes. */
export const movesRows = (above) => shifts.observe(above);
const heights = new Map();
const shifts = new ResizeObserver((seen) => seen.forEach(({ target, contentRect: { height } }) => {
  if (heights.has(target) && heights.get(target) !== height) movedAt = performance.now();
  heights.set(target, height);
}));

export function clearRows() {
  rows.clear();
  pointing = false;
}

/**
 * Draws the list; while somebody aims at it, only what does not move a row.
 *
 * @param actions gives the buttons of an entry
 */
export function drawRows(entries, actions) {
  for (const id of rows.keys()) if (!book.has(id)) rows.delete(id);
  const wanted = entries.map((entry) => row(entry, actions));
  const there = [...$('entries').children];
  const moves = there.length > 0 && wanted.filter((each, i) => each !== there[i]).length;
  waiting = moves && isAimedAt() ? wanted.filter((each) => !there.includes(each)).length || 1 : 0;
  if (!waiting) {
    if (moves && wanted.slice(0, there.length).some((each, i) => each !== there[i])) movedAt = performance.now();
    place($('entries'), wanted);
  }
  $('waiting').hidden = !waiting;
  $('waiting-text').textContent = t('waitingRows', { n: waiting });
}

const isAimedAt = () => pointing || Boolean($('entries').querySelector(':focus-visible'));

function leave() {
  pointing = false;
  if (waiting) drawAgain();
}

/** @param draw draws the book, once nobody aims any more */
export function setUpAim(draw) {
  drawAgain = draw;
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
  movesRows($('stale'));
}

/** What went wrong stands where the eye is: with the entry, wherever it is shown. */
export function explain({ id }, text) {
  for (const place of document.querySelectorAll(`[data-entry="${id}"] .error`)) place.textContent = text;
}

export const flash = ({ id }) => rows.get(id)?.classList.add('changed');
export const focusOn = ({ id }) => (rows.get(id)?.querySelector('.actions button') ?? focusable(rows.get(id)))?.focus();

function row(entry, actions) {
  const known = rows.get(entry.id);
  const seen = JSON.stringify(entry);
  if (known?.seen === seen) return known;
  const made = known ?? element('tr', { test: 'entry', data: { entry: entry.id } });
  const focused = made.contains(document.activeElement) && document.activeElement.dataset.testid;
  made.seen = seen;
  made.dataset.status = entry.status;
  const cell = (label, ...content) => element('td', { data: { label: t(label) } }, ...content);
  const contact = [entry.guest?.phone, entry.guest?.email, entry.note].filter(Boolean).join(' · ');
  const name = cell('colName', whoIs(entry),
    contact && element('small', { textContent: contact, dir: 'auto' }));
  name.className = 'name';
  made.replaceChildren(
    element('th', { scope: 'row', textContent: clock(entry.time) }),
    cell('colGuests', String(entry.partySize)), name, cell('colTable', entry.tables?.join(' + ') ?? ''),
    cell('colStatus', element('span', { className: 'status', textContent: statusOf(entry), data: { status: entry.status } })),
    element('td', { className: 'actions' }, ...actions(entry), element('p', { className: 'error', role: 'alert' })));
  rows.set(entry.id, made);
  if (focused) (made.querySelector(`[data-testid="${focused}"]`) ?? made.querySelector('.actions button') ?? focusable(made)).focus();
  return made;
}

/** The guest's name, which leads to what the house knows of them, where they can be known. */
function whoIs(entry) {
  const name = element('bdi', { textContent: entry.guest?.name ?? '·' });
  if (!entry.guest?.phone && !entry.guest?.email) return name;
  return element('button', { type: 'button', className: 'who', test: 'about', title: t('aboutGuest'), onclick: () => openAbout(entry) }, name);
}

function openAbout(entry) {
  explain(entry, hasJustMoved() ? t('movedUnder') : '');
  if (!hasJustMoved()) part('about').then(({ open }) => open(entry), () => explain(entry, t('no-answer')));
}

/** Keeps the place for whoever goes by keyboard when a row has nothing more to do. */
function focusable(row) {
  if (row) row.tabIndex = -1;
  return row;
}

// What the house has closed on the day that is looked at: seen, made and ended. The host gives a block its name before it is sent, so that an
// answer that is lost is asked for again, and closes nothing twice.

import { hoursOf, isNight, minutes } from '../common/hours.js';
import { instantOf, span } from '../common/instants.js';
import { $, actionButton, announce, element, place } from '../common/dom.js';
import { get, send, withToken } from '../common/http.js';
import { randomName } from '../common/storage.js';
import { addDays, clock, shortDate } from '../common/times.js';
import { alsoLearn, t } from '../common/words.js';
import phrases from '../floor/words/en.js';
import { movesRows } from './rows.js';
import { offerUndo } from './undo.js';

const NEWS_WITHIN = 1_000; // milliseconds in which a day's changes are looked at together
const TRIES = 3;

let shown; // { venue, date, blocks }
let drawBook = () => {};
let newsDue;

await alsoLearn('floor', phrases);
const list = element('ul', { id: 'blocks', ariaLabel: t('blocks') });
$('tables').before(list);
movesRows(list);

const path = (venueId, id = '') => `/v1/venues/${venueId}/blocks${id && `/${id}`}`;
const write = (venueId, id, request) => withToken('venues:write', venueId, (bearer) => send(path(venueId, id), { ...request, headers: { ...request.headers, ...bearer } }));
const put = (venueId, { blockId, ...block }) => write(venueId, blockId, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(block) });
const end = (venueId, { blockId }) => write(venueId, blockId, { method: 'DELETE' });

async function read(venueId, date) {
  const all = [];
  let cursor;
  do {
    const query = new URLSearchParams({ from: date, to: date, limit: 200, ...(cursor && { cursor }) });
    const page = await withToken('reservations:read', venueId, (bearer) => get(`${path(venueId)}?${query}`, bearer));
    all.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return all;
}

/** Reads the day's blocks and draws them. @param draw draws the book, which shows them too */
export async function look(venue, date, draw) {
  drawBook = draw;
  if (shown?.venue !== venue || shown.date !== date) {
    shown = { venue, date, blocks: [] };
    drawList();
  }
  const mine = shown;
  const blocks = await read(venue.venueId, date);
  if (mine !== shown) return;
  shown.blocks = blocks;
  drawList();
  drawBook();
}

/** The day has changed, perhaps by a block that another screen has made. */
export function news(failed) {
  if (shown) newsDue ??= setTimeout(() => {
    newsDue = undefined;
    look(shown.venue, shown.date, drawBook).catch(failed);
  }, NEWS_WITHIN);
}

/** When those of the day close what: `startsAt` and `endsAt` in milliseconds, `closedTables` by their ids. */
export const blocksOf = (venue, date) => (shown?.venue === venue && shown.date === date ? shown.blocks.flatMap(closings) : []);

/**
 * By the clock of the evening, on which half past midnight comes after eleven: hours past midnight are those of the night that follows as well,
 * where somebody may still sit down then.
 */
function closings({ from, until = '00:00', area, tables = [] }) {
  const { venue, date } = shown;
  const { timeZone, tables: all } = venue;
  const seatsUntil = Math.max(...hoursOf(venue, date).map((each) => instantOf(timeZone, isNight(each) ? addDays(date, 1) : date, each.lastSeating)
    + minutes(each.slotInterval) * 60_000));
  const isOf = (each) => (area ? each.area === area : tables.length === 0 || tables.includes(each.id));
  const closedTables = all.filter(isOf).map(({ id }) => id);
  return [date, addDays(date, 1)].map((each) => {
    const [startsAt, endsAt] = span(timeZone, each, from ?? '00:00', until);
    return { startsAt, endsAt, closedTables };
  }).filter(({ startsAt }, later) => !later || !from || seatsUntil > startsAt);
}

const what = ({ from, until, area, tables }) => t('blockOf', {
  what: area ?? (tables ? t('tableNames', { tables: tables.join(', ') }) : t('wholeHouse')),
  when: from ? `${clock(from)} – ${clock(until)}` : t('allDay') });

const drawn = new Map(); // what is said of a block -> its entry: whoever has the focus there keeps it

function drawList() {
  const wanted = shown.blocks.map((block) => [JSON.stringify([shown.venue.venueId, block]), block]);
  for (const seen of drawn.keys()) if (!wanted.some(([each]) => each === seen)) drawn.delete(seen);
  for (const [seen, block] of wanted) if (!drawn.has(seen)) drawn.set(seen, entryOf(block));
  place(list, wanted.map(([seen]) => drawn.get(seen)));
}

function entryOf(block) {
  return element('li', { test: 'block' },
    element('strong', { textContent: what(block) }), ' ', element('bdi', { textContent: block.reason ?? '' }), ' ',
    block.firstDate === block.lastDate ? '' : element('small', { textContent: `${shortDate(block.firstDate)} – ${shortDate(block.lastDate)}` }), ' ',
    actionButton({ textContent: t('endBlock'), test: 'block-end', aria: { label: `${t('endBlock')}: ${what(block)}` } }, () => ended(block)));
}

async function ended(block) {
  const { venue: { venueId } } = shown;
  await done(block, () => end(venueId, block), t('blockEnded', { block: what(block) }), () => put(venueId, block));
}

/**
 * Asked again while no answer comes: each of these calls may come twice. Can be taken back by its opposite.
 *
 * @param isHere whether the dialog is still about it
 */
async function done(block, deed, text, back, isHere = () => false) {
  const problem = await attempt(deed);
  if (!problem) offerUndo(text, async () => {
    const why = await attempt(back);
    return why ? { why } : {};
  });
  else if (isHere()) say(problem);
  else sayElsewhere(`${what(block)}: ${problem}`);
  return problem;
}

async function attempt(deed) {
  for (let tried = 1; ; tried++) {
    try {
      await deed();
      break;
    } catch (refusal) {
      if (refusal.status === 404 && tried > 1) break; // it was ended the first time
      if (!refusal.isOpen || tried === TRIES) return refusal.message;
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000 * tried));
  }
  await look(shown.venue, shown.date, drawBook).catch(({ message }) => announce(message));
  return '';
}

const say = (text) => { $('block-error').textContent = text; };

/** The dialog is not about it, or has been left. */
function sayElsewhere(text) {
  $('message').textContent = text;
  announce(text);
}

const field = (label, input) => element('label', { className: 'field' }, element('span', { textContent: t(label) }), input);
const option = (value, textContent) => element('option', { value, textContent });

$('take').after(element('dialog', { id: 'block' }, element('form', { id: 'block-form', method: 'dialog' },
  element('div', {}, element('h2', { id: 'block-title', textContent: t('blockTitle') }), element('p', { className: 'quiet', textContent: t('blockText') })),
  field('blockWhat', element('select', { id: 'block-what', test: 'block-what' })),
  field('blockTables', element('select', { id: 'block-tables', multiple: true, size: 5, test: 'block-tables' })),
  element('div', { className: 'between' },
    field('blockFrom', element('input', { id: 'block-from', type: 'time', test: 'block-from' })),
    field('blockUntil', element('input', { id: 'block-until', type: 'time', test: 'block-until' }))),
  field('blockLast', element('input', { id: 'block-last', type: 'date', required: true, test: 'block-last' })),
  field('blockCloses', element('select', { id: 'block-closes', test: 'block-closes' }, option('starts', t('closesStarts')), option('stays', t('closesStays')))),
  field('blockReason', element('input', { id: 'block-reason', maxLength: 200, autocomplete: 'off', test: 'block-reason' })),
  element('p', { id: 'block-error', className: 'error', role: 'alert' }),
  element('div', { className: 'buttons' },
    element('button', { type: 'button', id: 'block-back', textContent: t('back'), onclick: () => $('block').close() }),
    element('button', { id: 'block-yes', className: 'primary', textContent: t('blockIt'), test: 'block-yes' })),
  element('p', { className: 'unseen announce', ariaLive: 'polite' }))));
$('block').setAttribute('aria-labelledby', 'block-title');
$('block-what').onchange = chosen;
$('block-form').onsubmit = (event) => {
  event.preventDefault();
  make();
};

let wish; // the name of the block that the dialog is about

/** @param tables that are chosen already */
export function openBlock({ venue, date, tables = [] }) {
  if ($('block').open) return; // it was asked for twice while this part was on its way
  wish = `host-${randomName()}`;
  if (shown?.venue !== venue || shown.date !== date) shown = { venue, date, blocks: [] };
  const areas = [...new Set(venue.tables.map(({ area }) => area).filter(Boolean))];
  $('block-what').replaceChildren(option('house', t('wholeHouse')), ...areas.map((area) => option(`area ${area}`, area)), option('tables', t('blockTables')));
  $('block-what').value = tables.length ? 'tables' : 'house';
  $('block-tables').replaceChildren(...venue.tables.map(({ id }) => Object.assign(option(id, id), { selected: tables.includes(id) })));
  for (const name of ['from', 'until', 'reason', 'error']) $(`block-${name}`)[name === 'error' ? 'textContent' : 'value'] = '';
  $('block-last').value = $('block-last').min = date;
  $('block-yes').disabled = false;
  chosen();
  $('block').showModal();
}

function chosen() {
  $('block-tables').parentElement.hidden = $('block-what').value !== 'tables';
}

async function make() {
  const { venue: { venueId }, date } = shown;
  const [kind, area] = $('block-what').value.split(/ (.*)/);
  const value = (name) => $(`block-${name}`).value.trim();
  const tables = [...$('block-tables').selectedOptions].map(({ value: id }) => id);
  if (Boolean(value('from')) !== Boolean(value('until'))) return say(t('blockBoth'));
  if (kind === 'tables' && tables.length === 0) return say(t('blockNone'));
  const block = { blockId: wish, firstDate: date, lastDate: value('last'), closes: value('closes'), ...(area && { area }), ...(kind === 'tables' && { tables }),
    ...(value('from') && { from: value('from'), until: value('until') }), ...(value('reason') && { reason: value('reason') }) };
  $('block-yes').disabled = true;
  say('');
  const isMine = () => block.blockId === wish;
  const problem = await done(block, () => put(venueId, block), t('blockMade', { block: what(block) }), () => end(venueId, block), () => isMine() && $('block').open);
  if (!isMine()) return;
  $('block-yes').disabled = false;
  if (!problem) $('block').close();
}

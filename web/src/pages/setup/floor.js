// The plan of the house, edited: a table is moved by hand or by arrow keys, from one decimetre to the next; what else there is to it stands in fields.

import { $, element, place } from '../common/dom.js';
import { DIRECTIONS, rooms, stand } from '../common/plan.js';
import { t } from '../common/words.js';
import { choice, field } from './fields.js';

const SNAP = 10; // centimetres
const FAR = 5; // times as far, with Shift
const FARTHEST = 10_000;
const SHAPES = { rectangle: 'rectangle', round: 'round' };

let chosen; // the table that is edited
let told = () => {};
let isUnderway = false; // a table, by hand

const snapped = (centimetres, most) => Math.min(most, Math.max(0, Math.round(centimetres / SNAP) * SNAP));

/** @param changed called after each change */
export function drawPlan(tables, changed) {
  told = changed;
  if (isUnderway) return;
  if (!tables.includes(chosen)) chosen = undefined;
  const held = $('plan').contains(document.activeElement) ? document.activeElement.dataset.testid : undefined; // whoever moves a table goes on
  place($('plan'), rooms(tables).map((room) => roomOf(room, tables)));
  if (held) $('plan').querySelector(`[data-testid="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  if (!$('plan-chosen').contains(document.activeElement)) drawChosen(tables); // who types in it goes on
}

function roomOf(room, tables) {
  const made = element('div', { className: 'room', test: 'plan-room' });
  made.style.aspectRatio = `${room.width} / ${room.height}`;
  for (const each of room.places) {
    const { table, at } = each;
    const metres = (centimetres) => (centimetres / 100).toFixed(1);
    const button = element('button', { type: 'button', className: 'stand', test: `plan-${table.id}`, aria: { pressed: table === chosen,
      label: t('standsAt', { table: table.id, x: metres(at.x), y: metres(at.y) }) } }, element('span', {}, element('strong', { textContent: table.id })));
    if (each.isArranged) button.dataset.arranged = '';
    stand(button, at, room);
    button.onclick = () => choose(table, tables);
    button.onkeydown = (event) => byKey(event, each, room, tables);
    button.onpointerdown = (event) => byHand(event, each, room, { button, made, tables });
    made.append(button);
  }
  return element('section', { ariaLabel: room.area || t('room') }, ...(room.area ? [element('h3', {}, element('bdi', { textContent: room.area }))] : []), made);
}

function choose(table, tables) {
  chosen = table;
  drawPlan(tables, told);
  focusOn(table);
}

const focusOn = ({ id }) => $('plan').querySelector(`[data-testid="plan-${CSS.escape(id)}"]`)?.focus();

/** Once one table of a room is moved, all keep the places that they have been shown at. */
function settle(room, moved, change) {
  for (const { table, at } of room.places) table.position = { ...at, ...table.position };
  Object.assign(moved.table.position, change);
  chosen = moved.table;
}

function byKey(event, each, room, tables) {
  const direction = DIRECTIONS[event.key];
  if (!direction) return;
  event.preventDefault();
  const step = SNAP * (event.shiftKey ? FAR : 1);
  settle(room, each, { x: snapped(each.at.x + direction[0] * step, FARTHEST), y: snapped(each.at.y + direction[1] * step, FARTHEST) });
  drawPlan(tables, told);
  focusOn(each.table);
  told();
}

function byHand(down, each, room, { button, made, tables }) {
  if (down.button !== 0) return;
  const scale = room.width / made.clientWidth;
  let moved;
  isUnderway = true;
  button.setPointerCapture(down.pointerId);
  button.onpointermove = ({ clientX, clientY }) => {
    const x = snapped(each.at.x + (clientX - down.clientX) * scale, FARTHEST);
    const y = snapped(each.at.y + (clientY - down.clientY) * scale, FARTHEST);
    if (!moved && x === snapped(each.at.x, FARTHEST) && y === snapped(each.at.y, FARTHEST)) return;
    moved = { x, y };
    stand(button, { ...each.at, ...moved }, room);
  };
  const end = () => {
    isUnderway = false;
    button.onpointermove = button.onpointerup = button.onpointercancel = null;
  };
  button.onpointercancel = () => {
    end();
    stand(button, each.at, room);
  };
  button.onpointerup = () => {
    end();
    if (!moved) return;
    settle(room, each, moved);
    drawPlan(tables, told);
    focusOn(each.table);
    told();
  };
}

function drawChosen(tables) {
  $('plan-chosen').replaceChildren();
  if (!chosen) return;
  const room = rooms(tables).find(({ places }) => places.some(({ table }) => table === chosen));
  const each = room.places.find(({ table }) => table === chosen);
  const set = (name) => (value) => {
    settle(room, each, { [name]: value });
    place($('plan'), rooms(tables).map((other) => roomOf(other, tables)));
  };
  const number = (label, name, bounds) => field(label, { type: 'number', ...bounds, value: each.at[name] }, ({ valueAsNumber, validity }) => validity.valid && set(name)(valueAsNumber));
  $('plan-chosen').append(
    element('strong', { textContent: t('tableNames', { tables: chosen.id }) }),
    choice('shape', SHAPES, each.at.shape, set('shape')),
    number('width', 'width', { min: 20, max: 2_000 }), number('depth', 'height', { min: 20, max: 2_000 }),
    number('rotation', 'rotation', { min: 0, max: 359 }),
    element('button', { type: 'button', textContent: t('offThePlan'), onclick: () => {
      delete chosen.position;
      $('plan-chosen').replaceChildren();
      drawPlan(tables, told);
      focusOn(chosen);
      told();
    } }));
}

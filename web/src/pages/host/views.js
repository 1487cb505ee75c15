// The book as a list, as tables by time, or as the house stands; what draws the latter two is loaded when it is wanted.

import { $ } from '../common/dom.js';
import { t } from '../common/words.js';

const VIEWS = ['tables', 'floor'];
const parts = {};
const loaded = {};
let view = 'list';
let asked; // what was wanted last

export const shownAs = () => view;

/**
 * A part of the page, loaded when it is wanted, and once: what it has under way is in it. Some browsers remember for good that an address did not
 * answer: the next try has another.
 */
export const part = (name) => (loaded[name] ??= import(`./${name}.js`).catch(() => import(`./${name}.js?${Date.now()}`)).catch((failure) => {
  delete loaded[name];
  throw failure;
}));

/** @param wanted leads back to the list where it is shown already; @param show draws, or says why not */
export async function look(wanted, { draw, say }) {
  const next = wanted === view ? 'list' : wanted;
  const mine = (asked = {});
  try {
    if (next === 'tables') parts.tables ??= await part('tables');
    if (next === 'floor') parts.floor ??= await part('floor');
  } catch {
    return mine === asked && say(t('no-answer'));
  }
  if (mine !== asked) return undefined;
  view = next;
  $('tables').hidden = view !== 'tables';
  $('list').hidden = view !== 'list';
  parts.floor?.hide(view !== 'floor');
  for (const each of VIEWS) $(`view-${each}`).setAttribute('aria-pressed', view === each);
  return draw();
}

/** @param closed what is closed to new bookings */
export function drawView(venue, date, entries, closed) {
  if (view === 'tables') parts.tables.drawTables(venue, entries, closed);
  if (view === 'floor') parts.floor.drawFloor(venue, date, entries, closed);
}

/** As the address says, and by the buttons. */
export function setUpViews(shown) {
  for (const each of VIEWS) $(`view-${each}`).onclick = () => look(each, shown);
  const first = new URLSearchParams(location.search).get('view');
  if (VIEWS.includes(first)) look(first, shown);
}

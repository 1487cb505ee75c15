// A month of days, open, full and closed: one button for each, gone through by arrow keys.

import { element, focusedAround } from '../common/dom.js';
import { hoursOf } from '../common/hours.js';
import { addDays, longDate, monthName, weekdayNames } from '../common/times.js';
import { t } from '../common/words.js';

const weekday = (date) => new Date(`${date}T12:00:00Z`).getUTCDay();

export const firstOf = (date) => `${date.slice(0, 8)}01`;
export const lastOf = (date) => addDays(firstOf(addDays(firstOf(date), 31)), -1);

/**
 * Draws the month that `shown.date` is in.
 *
 * @param shown `first` and `last` date that can be chosen, `open` the times left by date (undefined until they are known)
 * @param onpick gets a date, `ontarget` one in another month
 */
export function drawMonth(root, { venue, date, month, first, last, open, onpick, onmonth }) {
  const focused = focusedAround(root);
  const hadFocus = root.contains(focused) && focused.dataset.testid;
  const starts = firstOf(month);
  const blanks = (weekday(starts) + 6) % 7;
  const days = Array.from({ length: Number(lastOf(month).slice(8)) }, (_, i) => addDays(starts, i));
  const step = (by, text, test) => element('button', { type: 'button', className: 'step', test, aria: { label: text },
    disabled: by < 0 ? starts <= first : lastOf(month) >= last, textContent: by < 0 ? '‹' : '›',
    onclick: () => onmonth(by < 0 ? firstOf(addDays(starts, -1)) : addDays(lastOf(month), 1)) });
  root.replaceChildren(
    element('div', { className: 'month' }, step(-1, t('monthBefore'), 'month-before'),
      element('h3', { textContent: monthName(starts) }), step(1, t('monthAfter'), 'month-after')),
    element('div', { className: 'days', role: 'group', ariaLabel: monthName(starts), onkeydown: (event) => byKey(event, { first, last, onmonth }) },
      ...weekdayNames().map((name) => element('span', { className: 'weekday', textContent: name, aria: { hidden: true } })),
      ...Array.from({ length: blanks }, () => element('span')),
      ...days.map((day) => dayButton(day, { venue, date, first, last, left: open?.get(day), isKnown: Boolean(open), onpick }))));
  const reached = root.querySelector('[aria-pressed=true]') ?? root.querySelector('[data-date]:enabled');
  if (reached) reached.tabIndex = 0;
  if (hadFocus) (root.querySelector(`[data-testid="${hadFocus}"]:enabled`) ?? reached)?.focus();
}

function dayButton(day, { venue, date, first, last, left, isKnown, onpick }) {
  const state = day < first || day > last ? 'out' : !left && hoursOf(venue, day).length === 0 ? 'closed' : !isKnown ? 'unknown' : left ? 'open' : 'full';
  const said = { open: t('dayOpen', { n: left }), full: t('dayFull'), closed: t('dayClosed'), out: '', unknown: '' }[state];
  return element('button', { type: 'button', className: 'day', test: `day-${day}`, data: { date: day, state }, disabled: state === 'out',
    textContent: String(Number(day.slice(8))), tabIndex: -1,
    aria: { label: [longDate(day), said].filter(Boolean).join(', '), pressed: day === date }, onclick: () => onpick(day) });
}

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function byKey(event, { first, last, onmonth }) {
  const at = event.target.dataset.date;
  const across = getComputedStyle(event.currentTarget).direction === 'rtl' && event.key.match(/Left|Right/) ? -1 : 1;
  const to = at && STEPS[event.key] && addDays(at, STEPS[event.key] * across);
  if (!to || to < first || to > last) return;
  event.preventDefault();
  const root = event.currentTarget.parentElement;
  if (to.slice(0, 7) !== at.slice(0, 7)) onmonth(to);
  root.querySelector(`[data-date="${to}"]`)?.focus();
}

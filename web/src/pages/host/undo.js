// Ten seconds to take back what has just been done: by the button, or by Ctrl+Z. An offer stays while somebody points at it or has its focus.

import { $, actionButton, announce, element } from '../common/dom.js';
import { t } from '../common/words.js';

const OFFERED_FOR = 10_000;

const offers = []; // the newest last
let ticking;

/**
 * @param text what has been done, and to whom
 * @param takeBack resolves to `{}` when it is taken back, else to `why` it is not, and whether `again` may help
 */
export function offerUndo(text, takeBack) {
  const offer = { until: performance.now() + OFFERED_FOR };
  offer.left = element('small', { aria: { hidden: true } });
  offer.problem = element('p', { className: 'error', role: 'alert' });
  offer.button = actionButton({ textContent: t('undo'), test: 'undo', aria: { label: `${t('undo')}: ${text}`, disabled: true } },
    () => run(offer, takeBack));
  offer.card = element('div', { className: 'toast', test: 'undo-offer' },
    element('p', { textContent: text }), offer.left, offer.button, offer.problem);
  offers.push(offer);
  $('undo').append(offer.card);
  announce(`${text} ${t('undoSaid')}`);
  ticking ??= setInterval(tick, 1_000);
  tick();
}

async function run(offer, takeBack) {
  offer.isBusy = true;
  const { why, again } = await takeBack();
  offer.isBusy = false;
  if (!why) return close(offer);
  offer.problem.textContent = why;
  offer.until = performance.now() + 2 * OFFERED_FOR;
  if (again) return;
  const hide = actionButton({ textContent: t('hide'), test: 'undo-hide' }, () => close(offer));
  const hadFocus = document.activeElement === offer.button;
  offer.button.replaceWith(hide);
  if (hadFocus) hide.focus();
}

function tick() {
  for (const offer of [...offers]) {
    const left = Math.ceil((offer.until - performance.now()) / 1_000);
    offer.left.textContent = left > 0 ? left : '';
    if (left <= 0 && !offer.isBusy && !offer.card.matches(':hover') && !offer.card.contains(document.activeElement)) close(offer);
  }
}

function close(offer) {
  const hadFocus = offer.card.contains(document.activeElement);
  offers.splice(offers.indexOf(offer), 1);
  offer.card.remove();
  if (hadFocus) $('book-of-day').focus();
  if (offers.length > 0) return;
  clearInterval(ticking);
  ticking = undefined;
}

addEventListener('keydown', (event) => {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
  if (!isUndo || offers.length === 0 || event.target.matches('input, select, textarea') || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  offers.at(-1).button.click();
});

// Those who wait on the day, in the order in which they came.

import { $, element, place } from '../common/dom.js';
import { clock, guests, timeIn } from '../common/times.js';
import { t } from '../common/words.js';

/** @param isWhole whether it is known who had joined before the page was opened */
export function drawLine(entries, timeZone, isWhole) {
  const inLine = entries.filter(({ status }) => ['waiting', 'offered'].includes(status)).sort((a, b) => a.id.localeCompare(b.id));
  $('line').hidden = inLine.length === 0;
  $('line-part').hidden = isWhole;
  place($('line-entries'), inLine.map((entry) => waiter(entry, timeZone)));
}

const drawn = new Map();

function waiter(entry, zone) {
  const { from, to, partySize, guest, status, offer } = entry;
  const when = from === to ? clock(from) : `${clock(from)} – ${clock(to)}`;
  const state = status === 'offered' && offer
    ? t('lineOffered', { time: clock(offer.time), until: clock(timeIn(zone, offer.expiresAt)) }) : t('lineWaiting');
  const contact = [guest?.phone, guest?.email].filter(Boolean).join(' · ');
  const seen = JSON.stringify([when, partySize, guest, state]);
  if (drawn.get(entry.id)?.seen !== seen) {
    drawn.set(entry.id, Object.assign(element('li', { test: 'waiter' },
      element('strong', { textContent: when }), ' ', element('span', { textContent: guests(partySize) }), ' ',
      element('bdi', { textContent: guest?.name ?? '·' }), ' ', contact && element('small', { textContent: contact, dir: 'auto' }), ' ',
      element('span', { className: 'status', textContent: state })), { seen }));
  }
  return drawn.get(entry.id);
}

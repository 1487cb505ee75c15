// What the house knows of a guest: whoever they are by their number and address, in whichever house of the group they have been.

import { $, element } from '../common/dom.js';
import { send, withToken } from '../common/http.js';
import { dateOfYear } from '../common/times.js';
import { alsoLearn, t } from '../common/words.js';
import phrases from '../floor/words/en.js';

await alsoLearn('floor', phrases);

let asked; // the entry that the dialog is about

const list = element('div', { className: 'about', ariaLive: 'polite' });
const dialog = element('dialog', { id: 'about' }, element('form', { method: 'dialog' },
  element('h2', { id: 'about-title', dir: 'auto' }), list,
  element('div', { className: 'buttons' }, element('button', { textContent: t('back'), test: 'about-close' })),
  element('p', { className: 'unseen announce', ariaLive: 'polite' })));
dialog.setAttribute('aria-labelledby', 'about-title');
$('take').after(dialog);

/** @param entry a reservation whose guest has a number or an address */
export async function open(entry) {
  if (dialog.open) return;
  asked = entry;
  const { venueId, guest: { name, phone, email } } = entry;
  $('about-title').textContent = name;
  list.replaceChildren(element('p', { className: 'quiet', textContent: t('looking') }));
  dialog.showModal();
  const found = await profileOf(venueId, { phone, email }).catch(({ status, message }) => (status === 404 ? undefined : { message }));
  if (asked !== entry) return;
  list.replaceChildren(...(found?.message ? [element('p', { className: 'error', textContent: found.message })] : linesOf(found)));
}

/** Looked for in a body: what is personal stands in no address. */
const profileOf = (venueId, contact) => withToken('guests:read', venueId, (bearer) => send('/v1/guests/profiles/lookup',
  { method: 'POST', headers: { 'Content-Type': 'application/json', ...bearer }, body: JSON.stringify({ venueId, ...contact }) }));

function linesOf(profile) {
  if (!profile) return [element('p', { textContent: t('nothingKnown') })];
  const { tags = [], allergies, notes, visits: { counts = {}, last = [] } = {} } = profile;
  const line = (label, text) => (text ? [element('p', {}, element('strong', { textContent: t(label) }), ' ', element('bdi', { textContent: text }))] : []);
  const been = [counts.finished && t('visitsDone', { n: counts.finished }), counts['no-show'] && t('visitsMissed', { n: counts['no-show'] }),
    counts.cancelled && t('visitsCancelled', { n: counts.cancelled })].filter(Boolean).join(', ');
  return [
    ...(tags.length ? [element('p', { className: 'tags' }, ...tags.map((tag) => element('span', { className: 'status', textContent: tag, dir: 'auto' })))] : []),
    ...line('allergies', allergies), ...line('profileNotes', notes),
    element('p', { textContent: been || t('neverBeen') }),
    element('ul', {}, ...last.slice(0, 5).map(({ date, partySize, status }) => element('li', { textContent: `${dateOfYear(date)}, ${t('guests', { n: partySize })}, ${t(`status-${status}`)}` })))];
}

// Guests that the host takes in: who stands at the door (a walk-in, seated at once), and who calls. One wish has one key until its outcome is
// known: an answer that is lost is asked for again with it, also when the dialog has been left.

import * as api from '../common/api.js';
import * as book from './book.js';
import { $, announce, element } from '../common/dom.js';
import { randomName } from '../common/storage.js';
import { clock, guests, shortDate } from '../common/times.js';
import { has, t } from '../common/words.js';
import { refusalOf } from './aside.js';
import { offerUndo } from './undo.js';

const PAUSES = [1_000, 2_000, 4_000, 8_000];
const ASK_FOR = 120_000;
const SOUGHT_AFTER = 300; // milliseconds without a key

const openWishes = new Map(); // what is asked for -> `{ key, until, isAsked, isSilent }`, while its outcome is not known
let wish; // of the dialog that is open: { walkIn, venue, date, key }
let sought; // the timer of the next look
let seeking; // what is looked for

$('take-back').onclick = () => $('take').close();
$('take-form').oninput = () => forgetLimit();
$('take-form').onsubmit = (event) => {
  event.preventDefault();
  send();
};
for (const id of ['take-name', 'take-phone']) $(id).oninput = ({ target }) => seek(target.value);

/** @param looked `venue` and `date` that the page shows, and `tables` where the host has chosen them */
export function open(walkIn, { venue, date, tables }) {
  if ($('take').open) return; // it was asked for twice while this part was on its way
  wish = { walkIn, venue, date, tables, key: randomName() };
  $('take-title').textContent = t(walkIn ? 'walkIn' : 'phoneBooking');
  $('take-where').textContent = [tables && t('tableNames', { tables: tables.join(' + ') }), walkIn ? t('seatedNow') : shortDate(date)].filter(Boolean).join(' · ');
  for (const id of ['take-time-field', 'take-guest']) $(id).hidden = walkIn;
  $('take-name').required = $('take-time').required = !walkIn;
  const seats = tables ? venue.tables.filter(({ id }) => tables.includes(id)) : [...venue.tables, ...(venue.combinations ?? [])];
  $('take-party').max = Math.max(...seats.map(({ maxCovers }) => maxCovers));
  $('take-yes').textContent = t(walkIn ? 'seat' : 'book');
  say('');
  stopSeeking();
  $('take-found').replaceChildren();
  busy(false);
  $('take').showModal();
  $('take-party').focus();
}

function send(override = []) {
  $('take-name').value = $('take-name').value.trim(); // nothing but spaces is no name
  if (!$('take-form').reportValidity()) return;
  stopSeeking();
  $('take-found').replaceChildren();
  const { walkIn } = wish;
  const what = { ...said(wish), ...(override.length && { override }) };
  // who calls says a name, so that the same again is the same wish; at the door two parties of two may stand one behind the other
  const about = walkIn ? wish.key : JSON.stringify([wish.venue.venueId, what]);
  const before = openWishes.get(about);
  wish = { ...wish, override, key: before?.key ?? wish.key };
  const sent = Object.assign(before ?? { ...wish, what, about }, { until: Date.now() + ASK_FOR });
  busy(true);
  say(before ? t('noAnswerYet') : '');
  if (!before?.isAsked) ask(sent);
}

/** What the form says, with no limit set aside. */
function said({ walkIn, date, tables }) {
  const value = (id) => $(id).value.trim();
  const guest = { name: value('take-name'), ...(value('take-phone') && { phone: value('take-phone') }) };
  const note = value('take-note');
  return { partySize: Number($('take-party').value), channel: walkIn ? 'walk-in' : 'phone', ...(note && { note }), ...(tables && { tables }),
    ...(walkIn ? {} : { date, time: $('take-time').value, guest }) };
}

async function ask(sent) {
  const isHere = () => wish?.key === sent.key && $('take').open;
  openWishes.set(sent.about, sent);
  sent.isAsked = true;
  for (let tried = 0; ; tried++) {
    try {
      return taken(await api.take(sent.venue.venueId, sent.what, sent.key), sent, isHere());
    } catch (refusal) {
      if (!refusal.isOpen && !(sent.isSilent && refusal.isUnheard)) return refused(sent, refusal, isHere());
      sent.isSilent = true;
      if (isHere()) say(t('noAnswerYet'));
      if (Date.now() > sent.until) break;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSES[Math.min(tried, PAUSES.length - 1)]));
  }
  sent.isAsked = false;
  return isHere() && busy(false);
}

function taken(made, { about }, isHere) {
  openWishes.delete(about);
  book.tell({ kind: 'reservation', ...made });
  offerUndo(t('isNew', { time: clock(made.time), guests: guests(made.partySize) }), () => takeBack(made));
  if (!isHere) return;
  for (const id of ['take-name', 'take-phone', 'take-note']) $(id).value = '';
  $('take').close();
}

/** Who was booked is cancelled, who was seated leaves; unless somebody has done something with them since. */
async function takeBack({ venueId, id, version, status }) {
  if (book.newest(id)?.version !== version) return { why: t('undoChanged') };
  try {
    book.tell(await api.turn(venueId, id, status === 'seated' ? 'finish' : 'cancel'));
  } catch (refusal) {
    if (!refusal.isOpen) return { why: refusal.message };
    await book.learn({ kind: 'reservation', venueId, id });
    if (book.newest(id).version === version) return { why: t('undoNoAnswer'), again: true };
  }
  return {};
}

/** Nothing was done, so the next try is a wish of its own; but for one that was changed while its outcome was not known, and had been granted. */
function refused(sent, refusal, isHere) {
  openWishes.delete(sent.about);
  if (!isHere) return sayElsewhere([sent.what.time && clock(sent.what.time), sent.what.guest?.name, refusal.message].filter(Boolean).join(' · '));
  busy(false);
  if (refusal.name === 'idempotency-key-reused') return say(t('bookedBefore'));
  wish = { ...wish, key: randomName() };
  const { cause, alternatives = [] } = refusal.problem;
  const { text, button: setAside } = refusalOf(refusal, sent, send);
  const isAsSent = JSON.stringify(said(sent)) === JSON.stringify({ ...sent.what, override: undefined }); // what is set aside was said of that alone
  const button = isAsSent && setAside;
  say(setAside || refusal.name !== 'slot-taken' ? text : t(has(`cause-${cause}`) ? `cause-${cause}` : 'cause-other'));
  $('take-found').replaceChildren(...(button ? [button] : []), ...alternatives.filter(({ date }) => date === sent.date).map(({ time }) =>
    element('button', { type: 'button', test: 'alternative', textContent: clock(time), onclick: () => { $('take-time').value = time; forgetLimit(); } })));
  return undefined;
}

/** What may be set aside was said of a wish as it stood. */
const forgetLimit = () => document.querySelector('#take-found [data-testid=all-the-same]')?.remove();

/** The dialog has been left: it stands where all else is said. */
function sayElsewhere(text) {
  $('message').textContent = text;
  announce(text);
}

/** What was found late must not take the place of what is said about the wish. */
function stopSeeking() {
  clearTimeout(sought);
  seeking = undefined;
}

/** Guests who have been here before, by what has been typed of a name or a number. */
function seek(text) {
  stopSeeking();
  if (wish.walkIn || text.trim().length < 3) return;
  sought = setTimeout(async () => {
    const asked = seeking = text;
    const found = await api.guestsLike(wish.venue.venueId, text.trim()).catch(() => []);
    if (asked !== seeking) return;
    const known = new Map(found.map(({ guest }) => [`${guest?.name} ${guest?.phone}`, guest]).filter(([, guest]) => guest?.name));
    $('take-found').replaceChildren(...[...known.values()].slice(0, 4).map((guest) =>
      element('button', { type: 'button', test: 'known-guest', onclick: () => fill(guest) },
        element('bdi', { textContent: guest.name }), ' ', element('small', { textContent: guest.phone ?? '' }))));
  }, SOUGHT_AFTER);
}

function fill({ name, phone = '' }) {
  $('take-name').value = name;
  $('take-phone').value = phone;
  $('take-found').replaceChildren();
  $('take-yes').focus();
}

function busy(isBusy) {
  $('take-yes').disabled = isBusy;
  $('take-form').setAttribute('aria-busy', isBusy);
}

function say(text) {
  $('take-error').textContent = text;
}

// What a host can do with a reservation: asked about when it comes at an unlikely time, and taken back within ten seconds.

import * as api from '../common/api.js';
import * as book from './book.js';
import { $, actionButton, announce } from '../common/dom.js';
import { explain, focusOn, hasJustMoved, statusOf } from './rows.js';
import { randomName } from '../common/storage.js';
import { clock, dateIn, guests, now, shortDate, timeIn } from '../common/times.js';
import { offerUndo } from './undo.js';
import { isolated, t } from '../common/words.js';

const NEXT = { confirmed: ['seat', 'cancel', 'no-show'], held: ['cancel'], seated: ['finish'] };
const BECOMES = { seat: 'seated', finish: 'finished', cancel: 'cancelled', 'no-show': 'no-show' };
const EARLY = 30 * 60_000; // to be seated so long before the booked time, or to leave so long after it, is nothing unusual
const LATE = 15 * 60_000; // who has not come by then may not come

const nameOf = (entry) => isolated(entry.guest?.name ?? t('nameless'));

/** The buttons of an entry. @param done called once something has been done, which can be taken back */
export const actions = (entry, done = () => {}) => (NEXT[entry.status] ?? []).map((step) => {
  const about = t('aboutWhom', { action: t(step), name: nameOf(entry), time: clock(entry.time) });
  return actionButton({ textContent: t(step), test: `entry-${step}`, title: about, aria: { label: about, disabled: true } },
    (button) => act(entry, step, button, done));
});

async function act(entry, step, button, did) {
  if (hasJustMoved()) return explain(entry, t('movedUnder'));
  explain(entry, '');
  if (!(await isSure(entry, step, button))) return;
  try {
    book.tell(await api.turn(entry.venueId, entry.id, step));
  } catch (refusal) {
    if (refusal.isOpen || refusal.name === 'illegal-transition') await book.learn(entry); // the answer was lost, the deed perhaps not
    explain(entry, refusal.isOpen ? t('readingOutcome') : notYet(entry, refusal) ?? refusal.message);
  }
  const done = book.newest(entry.id);
  if (done?.status === BECOMES[step] && done.status !== entry.status) {
    offerUndo(t('undoText', { name: nameOf(done), time: clock(done.time), status: statusOf(done) }), () => takeBack(entry, done));
    did();
  }
}

/** A step that is right but too early is told with the venue's own time. */
function notYet({ venueId }, { problem: { allowedFrom } }) {
  if (!allowedFrom) return undefined;
  const { timeZone } = api.knownVenue(venueId);
  return t('notYet', { date: shortDate(dateIn(timeZone, allowedFrom)), time: clock(timeIn(timeZone, allowedFrom)) });
}

let answered = () => {}; // the question before, whose end the browser may not have told yet

/** The guest's name is in the question; resolves to whether it is to be done. */
function isSure(entry, step, opener) {
  const question = questionFor(entry, step, now());
  if (!question) return true;
  answered();
  $('sure-title').textContent = t(question, { name: nameOf(entry), time: clock(entry.time) });
  $('sure-text').textContent = t('sureText', { guests: guests(entry.partySize), tables: t('tableNames', { tables: entry.tables?.join(' + ') ?? '' }) });
  $('sure-yes').textContent = t(step);
  $('sure').returnValue = '';
  $('sure').showModal();
  $('sure-no').focus();
  return new Promise((resolve) => {
    answered = () => {
      answered = () => {};
      opener.focus({ preventScroll: true });
      resolve($('sure').returnValue === 'yes');
    };
    $('sure').onclose = () => $('sure').open || answered();
  });
}

/** Cancelling is always asked about: the guest is told, and the table is others' at once. */
function questionFor({ startsAt, endsAt }, step, now) {
  const begins = Date.parse(startsAt);
  if (step === 'cancel') return 'sureCancel';
  if (step === 'no-show') return now < begins + LATE ? 'sureNoShow' : undefined;
  if (step === 'seat') return now < begins - EARLY || now > Date.parse(endsAt) ? 'sureSeat' : undefined;
  return now < begins + EARLY ? 'sureFinish' : undefined;
}

/**
 * Takes back what `done` says, if nothing has happened since. One key for all tries: a second restore would take back what was before.
 *
 * @return `{}` when it stands as before, else `why` not, and whether trying `again` may help
 */
async function takeBack(entry, done) {
  if (book.newest(entry.id)?.version !== done.version) return { why: t('undoChanged') };
  done.restoreKey ??= randomName();
  try {
    book.tell(await api.restore(entry.venueId, entry.id, done.version, done.restoreKey));
  } catch (refusal) {
    if (!refusal.isOpen) return { why: whyNot(refusal) };
    await book.learn(entry);
    if (book.newest(entry.id).version === done.version) return { why: t('undoNoAnswer'), again: true };
  }
  const now = book.newest(entry.id);
  announce(t('undoText', { name: nameOf(now), time: clock(now.time), status: statusOf(now) }));
  focusOn(entry);
  return {};
}

function whyNot(refusal) {
  if (refusal.isUnknownCall) return t('undoUnknown');
  if (refusal.name === 'version-mismatch') return t('undoChanged');
  if (refusal.name !== 'slot-taken') return refusal.message;
  const free = (refusal.problem.alternatives ?? []).map(({ time }) => clock(time));
  return free.length ? t('undoGoneBut', { times: free.join(', ') }) : t('undoGone');
}

// The dialog of the widget: a time that is kept for the guest while they write, or a place in the line.

import { bookable } from '/v1/live/client.js';
import * as calls from '../guest/calls.js';
import { actionButton, element } from '../common/dom.js';
import { canSeat } from '../common/hours.js';
import { read, write } from '../common/storage.js';
import { clock, countdown, guests, longDate, now, shortDate } from '../common/times.js';
import { listed, t } from '../common/words.js';
import { keep } from '../guest/mine.js';
import * as wishes from '../guest/wishes.js';
import { Held } from './held.js';

const NAME = 'lasttable.name';
const GONE = ['slot-taken', 'hold-expired'];

/** What a wish has become, with the capabilities that came with its hold. */
export const become = ({ body: { held = {} } }, made) =>
  ({ ...made, manageToken: made.manageToken ?? held.manageToken, watchToken: made.watchToken ?? held.watchToken });

export class BookingDialog {
  constructor(root) {
    this.root = root;
    const field = (label, properties, tag = 'input') => {
      const input = element(tag, properties);
      return Object.assign(element('label', { className: 'field' }, element('span', { textContent: label }), input), { input });
    };
    this.title = element('h2', { part: 'dialog-title', id: 'title' });
    this.where = element('p', { className: 'quiet' });
    this.left = element('p', { className: 'left', test: 'held', role: 'timer' });
    this.news = element('div', { role: 'status' });
    this.from = field(t('from'), {}, 'select');
    this.to = field(t('to'), {}, 'select');
    this.span = element('div', { className: 'two' }, this.from, this.to);
    this.name = field(t('name'), { required: true, maxLength: 200, autocomplete: 'name', test: 'guest-name' });
    this.phone = field(t('phone'), { type: 'tel', maxLength: 40, autocomplete: 'tel', test: 'guest-phone' });
    this.note = field(t('note'), { rows: 2, maxLength: 1000, test: 'guest-note' }, 'textarea');
    this.error = element('p', { className: 'error', role: 'alert' });
    this.submit = element('button', { type: 'submit', className: 'primary', part: 'button primary' });
    const back = element('button', { type: 'button', textContent: t('back'), part: 'button', test: 'back', onclick: () => this.dialog.close() });
    this.form = element('form', { method: 'dialog', onsubmit: (event) => { event.preventDefault(); this.send(); } },
      this.title, this.where, this.left, this.news, this.span, this.name, this.phone, this.note, this.error,
      element('div', { className: 'buttons' }, back, this.submit), element('p', { className: 'unseen announce', ariaLive: 'polite' }));
    this.dialog = element('dialog', { part: 'dialog', onclose: () => this.dialog.open || this.leave() }, this.form);
    this.dialog.setAttribute('aria-labelledby', 'title');
    root.append(this.dialog);
    const known = read(NAME);
    this.name.input.value = typeof known === 'string' ? known : '';
    this.ticking = setInterval(() => this.tick(), 1_000);
    this.hidden = () => { // what is kept when the page is left would be taken for somebody else's
      this.leave();
      this.dialog.close();
    };
    addEventListener('pagehide', this.hidden);
  }

  /** Keeps a time for the guest, and asks who they are; one that they have asked for already is asked about. */
  openTable(venue, wish) {
    const sent = wishes.confirmationOf(venue, wish);
    this.open('table', venue, wish, t('book'), 'book-confirm');
    this.title.textContent = listed(clock(wish.time), guests(wish.partySize));
    return sent ? this.askAbout(sent) : this.hold(wish);
  }

  /** What is asked for already is not held anew. */
  askAbout({ key }) {
    this.leave();
    this.left.textContent = '';
    this.key = key;
    this.showAsking();
  }

  openLine(venue, day, partySize, from, to = from) {
    this.leave();
    this.open('waitlist', venue, { date: day.date, partySize }, t('joinWaitlist'), 'waitlist-join');
    this.title.textContent = t('waitTitle', { guests: guests(partySize) });
    const times = bookable(day, now()).map(({ time }) => time).filter((time) => canSeat(venue, day.date, time, partySize));
    for (const [field, chosen] of [[this.from, from ?? times[0]], [this.to, to ?? times.at(-1)]]) {
      field.input.replaceChildren(...times.map((time) => element('option', { value: time, textContent: clock(time) })));
      field.input.value = chosen;
    }
  }

  open(kind, venue, wish, verb, test) {
    Object.assign(this, { kind, venue, wish, key: undefined });
    this.root.host.useOwnKey();
    this.where.textContent = `${venue.name} · ${longDate(wish.date)}`;
    this.span.hidden = kind !== 'waitlist';
    this.note.hidden = true;
    this.left.textContent = this.error.textContent = '';
    this.news.replaceChildren();
    this.submit.textContent = verb;
    this.submit.dataset.testid = test;
    this.showAsking();
    if (!this.dialog.open) this.dialog.showModal();
    (this.name.input.value ? this.submit : this.name.input).focus();
  }

  /** Whether that time is kept for whoever is here, or asked for: it is nobody else's. */
  isHolding(date, time) {
    return Boolean(this.held) && this.wish.date === date && this.wish.time === time;
  }

  hold({ date, time, partySize, area }) {
    this.leave();
    const held = new Held(this.venue.venueId, { date, time, partySize, ...(area && { area }) }, {
      held: (reservation, lost) => held === this.held && this.kept(reservation, lost),
      silent: () => held === this.held && (this.error.textContent = t('noAnswerHold')),
      refused: (refusal) => held === this.held && this.lost(refusal),
    });
    this.held = held;
    this.submit.disabled = true;
    this.left.textContent = t('holding');
  }

  kept(reservation, lost) {
    const asked = this.wish;
    this.wish = { ...this.wish, date: reservation.date, time: reservation.time };
    const sent = lost && wishes.confirmationOf(this.venue, this.wish);
    this.error.textContent = '';
    this.submit.disabled = false;
    this.note.hidden = !reservation.manageToken;
    this.title.textContent = listed(clock(reservation.time), guests(reservation.partySize));
    this.where.textContent = `${this.venue.name} · ${longDate(reservation.date)}`;
    if (sent) return this.askAbout(sent);
    if (lost) this.sayLost(asked, lost.problem, t('heldInstead', { time: clock(reservation.time) }));
    return this.tick();
  }

  /** Nothing is kept: what is still free is offered, and the line. */
  lost(refusal) {
    this.held = undefined;
    this.left.textContent = '';
    if (!GONE.includes(refusal.name)) {
      this.error.textContent = refusal.message;
      return;
    }
    this.sayLost(this.wish, refusal.problem, t(refusal.problem.alternatives?.length ? 'oneClickHolds' : 'nothingLike'));
  }

  sayLost({ date, time, partySize }, { alternatives = [], waitlist }, text) {
    const choices = alternatives.map((each) => element('button', { type: 'button', test: 'alternative', part: 'button',
      onclick: () => this.openTable(this.venue, { partySize, ...each }) },
    element('strong', { textContent: clock(each.time) }), each.date === date ? '' : element('small', { textContent: shortDate(each.date) })));
    const wait = waitlist && this.day?.date === date ? [actionButton({ textContent: t('joinWaitlist'), test: 'waitlist-open', part: 'button' },
      () => this.openLine(this.venue, this.day, partySize, waitlist.from, waitlist.to))] : [];
    this.news.replaceChildren(element('div', { className: 'notice', test: 'conflict', part: 'notice' },
      element('h3', { textContent: t('isGone', { time: clock(time) }) }), element('p', { textContent: text }),
      element('div', { className: 'choices' }, ...choices), ...wait));
  }

  /** The newest state of the day that is looked at, for the times that can be waited for. */
  follow(day) {
    this.day = day;
  }

  send() {
    this.name.input.value = this.name.input.value.trim(); // nothing but spaces is no name
    if (!this.form.reportValidity()) return;
    const phone = this.phone.input.value.trim();
    const guest = { name: this.name.input.value, ...(phone && { phone }) };
    const { date, partySize, area } = this.wish;
    write(NAME, guest.name);
    this.error.textContent = '';
    this.root.host.useOwnKey();
    if (this.kind === 'waitlist') {
      const what = { date, from: this.from.input.value, to: this.to.input.value, partySize };
      this.key = wishes.send({ kind: 'waitlist', venue: this.venue, ...what }, { ...what, guest });
    } else if (this.held?.reservation) {
      const { id, time, watchToken, manageToken } = this.held.reservation;
      this.held.isTaken = true;
      this.key = wishes.send({ kind: 'confirm', venue: this.venue, id, date, time, partySize, area },
        { date, time, partySize, ...(area && { area }), guest, held: { id, watchToken, manageToken } });
    } else if (this.key) wishes.askAgain(this.key);
    this.showAsking();
  }

  /** While the answer is out nothing else can be sent; Back is always there. */
  showAsking() {
    const sent = this.key && wishes.open().find(({ key }) => key === this.key);
    this.submit.disabled = Boolean(sent?.asks) || (this.kind === 'table' && !this.held?.reservation && !sent);
    if (sent?.silent || (sent && !sent.asks)) this.error.textContent = t(sent.asks ? 'noAnswerYet' : 'openText');
  }

  async settled(wish, made) {
    const isHere = wish.key === this.key && this.dialog.open;
    const mine = become(wish, made);
    const note = this.note.input.value.trim();
    if (isHere) {
      this.held = undefined;
      this.dialog.close();
    }
    keep(wish.kind === 'waitlist' ? 'waitlist' : 'table', mine, wish.venue, isHere);
    if (isHere && note && mine.manageToken) {
      this.note.input.value = '';
      await calls.amend(mine, { note }).catch(() => this.root.host.explain(t('noteLost')));
    }
  }

  refused({ key, unwanted, body: { time } }, refusal) {
    if (unwanted || !refusal) return;
    if (key !== this.key || !this.dialog.open) { // the guest has gone back, and must not believe that it was granted
      this.root.host.explain(`${time ? `${clock(time)}: ` : ''}${refusal.message}`);
      return;
    }
    this.key = undefined;
    if (this.kind === 'table' && GONE.includes(refusal.name)) this.lost(refusal);
    else {
      if (this.held) this.held.isTaken = false; // still kept: what was wrong can be put right
      this.error.textContent = refusal.message;
    }
    this.showAsking();
  }

  tick() {
    const until = this.held?.until;
    if (!until || !this.dialog.open) return;
    const left = until - Date.now();
    this.left.textContent = left > 0 ? `${t('heldFor')} ${countdown(left)}` : t('heldOver');
  }

  leave() {
    if (!this.held?.isTaken) this.held?.leave();
    this.held = undefined;
  }

  end() {
    clearInterval(this.ticking);
    removeEventListener('pagehide', this.hidden);
    this.leave();
  }
}

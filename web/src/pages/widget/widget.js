// <lasttable-booking venue="chez-nous" key="...">: a restaurant's tables in a page of its own. Lives in a shadow tree, so that neither
// disturbs the other; looks as custom properties and parts say. All of it comes from the Lasttable that this script comes from.

import { bookable, connect } from '/v1/live/client.js';
import * as api from '../common/api.js';
import { announceIn, element, persistently } from '../common/dom.js';
import { useKey } from '../common/http.js';
import { addDays, clock, exactTime, guests, longDate, offset, during, serviceDate } from '../common/times.js';
import { alsoSay, has, learn, t } from '../common/words.js';
import { gridOf, nextExpiry } from '../guest/grid.js';
import { keep, owns, setUpMine } from '../guest/mine.js';
import * as wishes from '../guest/wishes.js';
import { BookingDialog } from './dialog.js';
import { drawMonth, firstOf, lastOf } from './months.js';
import phrases from '../guest/words/en.js';

alsoSay('guest', phrases);

const STYLE = new URL('./widget.css', import.meta.url).href;
const HOME = new URL('/', import.meta.url).href;

let live;
let listed; // the widget of the page that lists what is one's own

class LasttableBooking extends HTMLElement {
  async connectedCallback() {
    this.root ??= this.attachShadow({ mode: 'open' });
    const spoken = await learn(this.lang || document.documentElement.lang);
    if (!this.isConnected || this.dialog) return;
    this.build(spoken);
    await persistently(() => this.isConnected && this.start(), ({ message }) => this.say(message));
  }

  disconnectedCallback() {
    this.watch?.stop();
    this.dialog?.end();
    clearTimeout(this.expiry);
    if (listed === this) listed = undefined;
    this.root?.replaceChildren();
    this.dialog = undefined;
  }

  build({ lang, dir }) {
    const part = (tag, name, properties = {}) => element(tag, { part: name, ...properties });
    this.heading = part('h2', 'heading');
    this.pill = part('p', 'state', { className: 'pill', test: 'connection-state', role: 'status' });
    this.party = part('output', 'party', { test: 'party-size' });
    const step = (by, text, label) => part('button', 'button', { type: 'button', className: 'step', textContent: text, aria: { label }, onclick: () => this.change(by) });
    this.month = part('div', 'calendar');
    this.when = part('h3', 'date');
    this.zone = part('p', 'zone', { className: 'quiet' });
    this.banner = part('p', 'notice', { className: 'banner', hidden: true });
    this.slots = part('div', 'times', { className: 'times' });
    this.message = part('p', 'message', { className: 'quiet', role: 'status' });
    this.own = part('div', 'own', { className: 'own' });
    this.notKept = part('p', 'notice', { className: 'banner', textContent: t('keptWhileOpen'), hidden: true });
    this.teller = part('p', 'unseen', { className: 'unseen announce', ariaLive: 'polite' });
    this.body = element('section', { part: 'widget', className: 'widget', lang, dir, ariaLabel: t('search') },
      element('header', {}, this.heading, this.pill),
      element('div', { className: 'party' }, element('span', { textContent: t('party') }), step(-1, '−', t('fewer')), this.party, step(1, '+', t('more'))),
      this.month, this.when, this.zone, this.banner, this.slots, this.message, this.notKept, this.own, this.teller);
    this.root.replaceChildren(element('link', { rel: 'stylesheet', href: STYLE }), this.body);
    this.grid = gridOf(this.slots);
    this.dialog = new BookingDialog(this.root);
    this.body.append(this.dialog.dialog);
    announceIn(() => (this.dialog.dialog.open ? this.dialog.dialog.querySelector('.announce') : this.teller));
  }

  async start() {
    const id = this.getAttribute('venue');
    if (this.getAttribute('key')) useKey(id, this.getAttribute('key'));
    try {
      this.venue = await api.venue(id);
    } catch (refusal) {
      if (refusal.status !== 404) throw refusal;
      return this.say(t('unknown-venue'));
    }
    live ??= connect({ url: HOME });
    this.listOwn();
    this.partySize = Number(this.getAttribute('party')) || 2;
    this.heading.textContent = this.venue.name;
    const today = serviceDate(this.venue);
    this.span = { first: today, last: addDays(today, this.venue.bookingWindow?.maxDaysAhead ?? 60) };
    const asked = this.getAttribute('date');
    this.look(asked >= this.span.first && asked <= this.span.last ? asked : today);
    wishes.listen({ changed: () => this.shown && this.draw(this.shown) });
    await this.openLink();
  }

  listOwn() {
    if (listed) return;
    listed = this;
    setUpMine(live, { list: this.own, none: element('p'), notKept: this.notKept, change: (item) => this.begin(item) });
    document.addEventListener('mine', () => this.shown && this.draw(this.shown));
    document.addEventListener('book-again', ({ detail }) => this.dialog.openTable(detail.venue, detail));
    wishes.resume();
  }

  /** `#lasttable=<id>.<manageToken>`: one's own booking, in what a browser sends to nobody. */
  async openLink() {
    const [, id, manageToken] = /^#lasttable=([0-9a-f-]{36})\.(.+)$/.exec(location.hash) ?? [];
    if (!id) return;
    history.replaceState(null, '', location.pathname + location.search);
    try {
      const found = await api.byLink(id, manageToken);
      if (found.venueId !== this.venue.venueId) return this.say(t('gone'));
      keep('table', { ...found, manageToken }, this.venue);
    } catch (refusal) {
      this.say(refusal.message);
    }
  }

  look(date) {
    this.watch?.stop();
    this.shown = undefined;
    this.grid.clear();
    this.date = date;
    this.when.textContent = longDate(date);
    this.zone.textContent = t('localTimesOf', { place: this.venue.city ?? this.venue.name, offset: offset(this.venue.timeZone, during(date)) });
    this.say(t('looking'));
    this.showMonth(date);
    this.watch = live.watchDay(this.venue.venueId, date, { onvalue: (day) => this.draw(day), onstate: () => this.showState(),
      onerror: ({ code, message }) => this.say(has(code) ? t(code) : message) });
    this.showState();
  }

  async showMonth(month) {
    const isAnother = this.openDays?.of !== `${firstOf(month)} ${this.partySize}`;
    this.monthShown = month;
    this.drawDays();
    if (!isAnother) return;
    const of = `${firstOf(month)} ${this.partySize}`;
    const days = await api.calendar(this.venue.venueId, firstOf(month), lastOf(month), this.partySize).catch(() => undefined);
    if (!days || of !== `${firstOf(this.monthShown)} ${this.partySize}`) return;
    this.openDays = { of, left: new Map(days.map((each) => [each.date, each.openSlots])) };
    this.drawDays();
  }

  drawDays() {
    const isKnown = this.openDays?.of === `${firstOf(this.monthShown)} ${this.partySize}`;
    drawMonth(this.month, { venue: this.venue, date: this.date, month: this.monthShown, ...this.span, open: isKnown ? this.openDays.left : undefined,
      onpick: (date) => this.look(date), onmonth: (month) => this.showMonth(month) });
    this.party.textContent = guests(this.partySize);
  }

  draw(day) {
    const before = this.shown;
    this.shown = day;
    const venueId = day.venueId;
    const slots = this.grid.draw({ day, before, venue: this.venue, party: this.canSeat() ? this.partySize : undefined,
      owns: ({ time }) => owns(venueId, day.date, time), asks: ({ time }) => wishes.asksFor(venueId, day.date, time),
      onpick: (slot) => this.pick(slot), onwait: ({ time }) => this.dialog.openLine(this.venue, this.shown, this.partySize, time) });
    this.dialog.follow(day);
    const open = bookable(day).filter(({ left }) => left[this.partySize]).length;
    if (this.openDays?.left.has(day.date) && this.openDays.left.get(day.date) !== open) {
      this.openDays.left.set(day.date, open);
      this.drawDays();
    }
    this.say(!this.canSeat() ? t('partyGap', { name: this.venue.name, n: this.partySize }) : slots.length > 0 ? this.asked()
      : t(day.slots.length === 0 ? 'closed' : 'tooLate', { name: this.venue.name }));
    clearTimeout(this.expiry);
    const next = nextExpiry(day);
    if (next) this.expiry = setTimeout(() => this.draw(this.shown), Math.min(next - Date.now() + 50, 3_600_000));
  }

  /** What the next time that is chosen is for, when it is not a new table. */
  asked() {
    return this.changing ? t('chooseNew', { time: clock(this.changing.state.time) }) : '';
  }

  canSeat() {
    const { tables, combinations = [] } = this.venue;
    return [...tables, ...combinations].some(({ minCovers, maxCovers }) => minCovers <= this.partySize && this.partySize <= maxCovers);
  }

  change(by) {
    const { tables, combinations = [] } = this.venue ?? { tables: [] };
    const most = Math.max(1, ...[...tables, ...combinations].map(({ maxCovers }) => maxCovers));
    this.partySize = Math.min(most, Math.max(1, this.partySize + by));
    this.showMonth(this.monthShown);
    if (this.shown) this.draw(this.shown);
  }

  pick(slot) {
    const wish = { date: this.shown.date, time: slot.time, startsAt: slot.startsAt, partySize: this.partySize };
    if (!this.changing) return this.dialog.openTable(this.venue, wish);
    this.move(this.changing, wish);
  }

  /** The next time that is chosen is the booking's new one; until then the old one stays. */
  begin(item) {
    this.changing = item;
    this.partySize = item.state.partySize;
    this.look(item.state.date);
  }

  async move(item, { date, time, partySize }) {
    this.changing = undefined;
    try {
      const moved = await api.amend({ id: item.id, version: item.state.version, manageToken: item.manageToken }, { date, time, partySize });
      keep('table', { ...moved, watchToken: moved.watchToken ?? item.watchToken, manageToken: item.manageToken }, this.venue);
    } catch (refusal) {
      this.say(refusal.message);
    }
  }

  showState() {
    const { state = 'connecting', reason, since } = this.watch ?? {};
    const isSure = state === 'live' || state === 'connecting';
    this.pill.dataset.state = isSure ? state : 'offline';
    this.pill.textContent = t(reason === 'delayed' ? 'delayed' : state);
    this.banner.hidden = isSure;
    if (!isSure) this.banner.textContent = reason === 'delayed' ? t('delayedSince') : t('notLiveSince', { time: exactTime(since ?? Date.now()) });
  }

  say(text) {
    this.message.textContent = text;
  }
}

if (!customElements.get('lasttable-booking')) customElements.define('lasttable-booking', LasttableBooking);

// <lasttable-booking venue="chez-nous" key="...">: a restaurant's tables in a page of its own. Lives in a shadow tree, so that neither
// disturbs the other; looks as custom properties and parts say. All of it comes from the Lasttable that this script comes from.

import { bookable, connect } from '/v1/live/client.js';
import * as api from '../common/api.js';
import * as calls from '../guest/calls.js';
import { announceIn, element, persistently, shieldBeneath } from '../common/dom.js';
import { seatables, takes } from '../common/hours.js';
import { useKey } from '../common/http.js';
import { addDays, clock, exactTime, guests, isDate, longDate, now, offset, during, serviceDate, timeIn } from '../common/times.js';
import { alsoSay, has, learn, t } from '../common/words.js';
import { cutOffText, numberOf } from '../guest/call.js';
import { gridOf, isCutOff, nextExpiry } from '../guest/grid.js';
import { keep, owns, setUpMine } from '../guest/mine.js';
import * as wishes from '../guest/wishes.js';
import { become, BookingDialog } from './dialog.js';
import { openLink } from './link.js';
import { drawMonth, firstOf, lastOf } from './months.js';
import { Moving } from './moving.js';
import phrases from '../guest/words/en.js';

alsoSay('guest', phrases);

const STYLE = new URL('./widget.css', import.meta.url).href;
const HOME = new URL('/', import.meta.url).href;

let live;
let listed; // the widget of the page that lists what is one's own
const widgets = new Set(); // those that stand in the page

/** A site may have several restaurants, and a device tables at all of them. */
const widgetOf = (venueId) => [...widgets].find(({ venue }) => venue?.venueId === venueId);
const widgetThatSent = ({ key }) => [...widgets].find(({ dialog }) => dialog.key === key);
const redraw = () => widgets.forEach((each) => each.redraw());
document.addEventListener('mine', redraw);
document.addEventListener('book-again', ({ detail }) => (widgetOf(detail.venue.venueId) ?? listed)?.dialog.openTable(detail.venue, detail));
wishes.listen({
  changed() {
    widgets.forEach(({ dialog }) => dialog.showAsking());
    redraw();
  },
  settled(wish, made) {
    const { dialog } = widgetThatSent(wish) ?? {};
    if (dialog) dialog.settled(wish, made);
    else keep(wish.kind === 'waitlist' ? 'waitlist' : 'table', become(wish, made), wish.venue, false);
  },
  refused: (wish, refusal) => (widgetThatSent(wish) ?? widgetOf(wish.venue.venueId) ?? listed)?.dialog.refused(wish, refusal),
});
announceIn(() => {
  const all = [...widgets];
  const open = all.find(({ dialog }) => dialog.dialog.open);
  return open ? open.dialog.dialog.querySelector('.announce') : all[0]?.teller;
});

const openOwn = () => listed && openLink((text) => listed?.explain(text));
addEventListener('hashchange', openOwn);

class LasttableBooking extends HTMLElement {
  static observedAttributes = ['venue', 'key', 'party', 'date', 'lang'];

  /** Pages that make themselves in the browser take it out, put it back, and change what it is about. */
  async connectedCallback() {
    const visit = (this.visit = {});
    this.root ??= this.attachShadow({ mode: 'open' });
    const spoken = await learn(this.lang || document.documentElement.lang);
    if (this.visit !== visit) return;
    this.build(spoken);
    widgets.add(this);
    await persistently(() => this.visit === visit && this.start(visit), ({ message }) => this.visit === visit && this.sayFailure(message));
  }

  disconnectedCallback() {
    this.visit = undefined;
    widgets.delete(this);
    this.watch?.stop();
    this.dialog?.end();
    clearTimeout(this.expiry);
    if (listed === this) {
      listed = undefined;
      [...widgets].find(({ venue }) => venue)?.listOwn();
    }
    this.root?.replaceChildren();
    this.dialog = this.venue = this.shown = this.openDays = this.monthAsked = undefined;
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.visit) return;
    if (this.changed) return this.changed.add(name);
    this.changed = new Set([name]);
    queueMicrotask(() => { // several are changed together
      const isAnother = this.changed.has('venue') || this.changed.has('lang');
      const { changed } = this;
      this.changed = undefined;
      if (!this.isConnected) return;
      if (isAnother) {
        this.disconnectedCallback();
        this.connectedCallback();
      } else if ((changed.has('party') || changed.has('date')) && this.venue) this.lookAsAsked(changed); // a guest who writes goes on
    });
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
    this.call = part('p', 'call', { className: 'quiet' });
    this.fallback = element('slot', { hidden: true });
    this.moving = new Moving(() => this.venue);
    this.banner = part('p', 'notice', { className: 'banner', hidden: true });
    this.slots = part('div', 'times', { className: 'times' });
    this.message = part('p', 'message', { className: 'quiet', role: 'status' });
    this.own = part('div', 'own', { className: 'own' });
    this.problem = part('p', 'message', { className: 'error', role: 'alert' });
    this.notKept = part('p', 'notice', { className: 'banner', textContent: t('keptWhileOpen'), hidden: true });
    this.teller = part('p', 'unseen', { className: 'unseen announce', ariaLive: 'polite' });
    this.body = element('section', { part: 'widget', className: 'widget', lang, dir, ariaLabel: t('search') },
      element('header', {}, this.heading, this.pill),
      element('div', { className: 'party' }, element('span', { textContent: t('party') }), step(-1, '−', t('fewer')), this.party, step(1, '+', t('more'))),
      this.month, this.when, this.zone, this.banner, this.moving.place, this.slots, this.message, this.call, this.fallback, this.problem, this.notKept, this.own, this.teller);
    this.root.replaceChildren(element('link', { rel: 'stylesheet', href: STYLE }), this.body);
    this.grid = gridOf(this.slots);
    this.dialog = new BookingDialog(this.root);
    this.body.append(this.dialog.dialog);
    shieldBeneath(this.dialog.dialog, this.body);
  }

  /** An answer that comes once the element is about another venue, or gone from the page, is nobody's. */
  async start(visit) {
    const id = this.getAttribute('venue');
    if (this.getAttribute('key')) useKey(id, this.getAttribute('key')); // for what is asked about from before
    const found = await api.venueIfAny(id);
    if (this.visit !== visit) return;
    if (!found) return this.say(t('unknown-venue'));
    this.venue = found;
    live ??= connect({ url: HOME });
    this.fallback.hidden = true;
    this.call.replaceChildren(...[numberOf(this.venue)].filter(Boolean));
    this.listOwn();
    this.heading.textContent = this.venue.name;
    this.lookAsAsked();
    openOwn();
  }

  /** As the attributes say that have changed; a booking that is being moved keeps its party. */
  lookAsAsked(changed = new Set(['party', 'date'])) {
    const today = serviceDate(this.venue);
    const asked = changed.has('date') ? this.getAttribute('date') : this.date;
    if (changed.has('party') && !this.moving.item) this.partySize = Math.max(1, Math.trunc(this.getAttribute('party')) || 2);
    this.span = { first: today, last: addDays(today, this.venue.bookingWindow?.maxDaysAhead ?? 60) };
    this.look(isDate(asked ?? '') && asked >= this.span.first && asked <= this.span.last ? asked : today);
  }

  /** What is asked for from here is asked for with this one's key, though another of the venue may have one of its own. */
  useOwnKey() {
    useKey(this.venue.venueId, this.getAttribute('key'));
  }

  listOwn() {
    if (listed) return;
    listed = this;
    const isFirst = setUpMine(live, { list: this.own, none: element('p'), notKept: this.notKept, change: (item) => widgetOf(item.venueId) && (() => widgetOf(item.venueId)?.begin(item)) });
    if (isFirst) wishes.resume();
  }

  redraw() {
    if (this.shown) this.draw(this.shown);
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
    const of = `${firstOf(month)} ${this.partySize}`;
    this.monthShown = month;
    this.drawDays();
    if ([this.openDays?.of, this.monthAsked].includes(of)) return;
    this.monthAsked = of;
    const { venue, partySize } = this;
    const isWanted = () => this.venue === venue && this.monthAsked === of;
    const days = await persistently(async () => isWanted() && calls.calendar(venue.venueId, firstOf(month), lastOf(month), partySize), () => {});
    if (!isWanted()) return;
    this.monthAsked = undefined;
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
    const canSeatSome = takes(seatables(this.venue), this.partySize);
    const slots = this.grid.draw({ day, before, venue: this.venue, party: canSeatSome ? this.partySize : undefined,
      owns: ({ time }) => owns(venueId, day.date, time), asks: ({ time }) => wishes.asksFor(venueId, day.date, time) || this.dialog.isHolding(day.date, time),
      onpick: (slot) => this.pick(slot), onwait: ({ time }) => this.dialog.openLine(this.venue, this.shown, this.partySize, time) });
    this.dialog.follow(day);
    const open = bookable(day, now()).filter(({ left }) => left[this.partySize]).length;
    if (this.openDays?.left.has(day.date) && this.openDays.left.get(day.date) !== open) {
      this.openDays.left.set(day.date, open);
      this.drawDays();
    }
    this.sayAbout(day, slots, canSeatSome);
    clearTimeout(this.expiry);
    const next = nextExpiry(day);
    if (next !== undefined) this.expiry = setTimeout(() => this.draw(this.shown), Math.min(next + 50, 3_600_000));
  }

  sayAbout(day, slots, canSeatSome) {
    const { name, timeZone } = this.venue;
    const until = slots.map(({ closesAt }) => closesAt).filter(Boolean).sort()[0];
    const isCut = canSeatSome && isCutOff(day);
    this.call.hidden = isCut; // the number stands in the message
    if (isCut) return this.message.replaceChildren(...cutOffText(this.venue));
    if (!canSeatSome) return this.say(t('partyGap', { name, n: this.partySize }));
    if (slots.length === 0) return this.say(t(day.slots.length === 0 ? 'closed' : 'tooLate', { name }));
    return this.say(until && day.date === serviceDate(this.venue) ? t('bookUntil', { time: clock(timeIn(timeZone, until)) }) : '');
  }

  change(by) {
    if (!this.shown) return;
    const most = Math.max(1, ...seatables(this.venue).map(({ maxCovers }) => maxCovers));
    this.partySize = Math.min(most, Math.max(1, this.partySize + by));
    this.showMonth(this.monthShown);
    this.redraw();
  }

  pick(slot) {
    this.explain('');
    const wish = { date: this.shown.date, time: slot.time, startsAt: slot.startsAt, partySize: this.partySize };
    if (this.moving.item) this.moving.to(wish);
    else this.dialog.openTable(this.venue, wish);
  }

  begin(item) {
    this.partySize = item.state.partySize;
    this.moving.begin(item);
    this.look(item.state.date);
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

  /** What has become of a wish that nobody looks at any more; it stays while the day changes. */
  explain(text) {
    this.problem.textContent = text;
  }

  /** What the site says in the element itself stands in while there is nothing else to be had. */
  sayFailure(text) {
    this.say(text);
    this.fallback.hidden = false;
  }
}

if (!customElements.get('lasttable-booking')) customElements.define('lasttable-booking', LasttableBooking);

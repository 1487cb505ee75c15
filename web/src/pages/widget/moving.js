// One's own booking on its way to another time: the next time that is chosen in the widget is its new one, until it has one, or its guest says that it
// shall stay. A move that is refused, or whose answer is lost, books nothing anew: it is still the same booking that is moved.

import * as calls from '../guest/calls.js';
import { actionButton, element } from '../common/dom.js';
import { clock } from '../common/times.js';
import { has, t } from '../common/words.js';
import { keep } from '../guest/mine.js';

const whyTaken = (time, { cause }) => `${t('isGone', { time: clock(time) })}. ${t(has(`cause-${cause}`) ? `cause-${cause}` : 'cause-other')}`;

export class Moving {
  /** @param venue gives the one that is shown */
  constructor(venue) {
    this.venue = venue;
    this.error = element('p', { className: 'error', role: 'alert' });
    this.text = element('p');
    this.place = element('div', { part: 'notice', className: 'notice', test: 'moving', hidden: true }, this.text, this.error,
      actionButton({ textContent: t('keepAsItIs'), test: 'keep-as-it-is', part: 'button' }, () => this.end()));
  }

  begin(item) {
    this.item = item;
    this.text.textContent = t('chooseNew', { time: clock(item.state.time) });
    this.error.textContent = '';
    this.place.hidden = false;
  }

  end() {
    this.item = undefined;
    this.place.hidden = true;
  }

  async to(wish) {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    this.error.textContent = t('asking');
    const { id, manageToken, state: { version } } = this.item;
    const { item } = this;
    const { date, time, partySize } = wish;
    try {
      this.done(item, await calls.amend({ id, version, manageToken }, { date, time, partySize }));
    } catch (refusal) {
      if (this.item === item) this.error.textContent = refusal.name === 'slot-taken' ? whyTaken(time, refusal.problem) : refusal.message;
      if (refusal.isOpen || refusal.name === 'version-mismatch') await this.lookWhether(item, wish);
    }
    this.isUnderWay = false;
  }

  /** The answer was lost, the move perhaps not; or it was changed elsewhere. */
  async lookWhether(item, { date, time, partySize }) {
    const now = await calls.byLink(item.id, item.manageToken).catch(() => undefined);
    const isDone = now?.date === date && now.time === time && now.partySize === partySize;
    if (isDone) this.done(item, now);
    else if (now) this.keep(item, now, false);
  }

  done(item, state) {
    if (this.item === item) this.end();
    this.keep(item, state, true);
  }

  keep({ watchToken, manageToken }, state, isFocused) {
    keep('table', { ...state, watchToken: state.watchToken ?? watchToken, manageToken }, this.venue(), isFocused);
  }
}

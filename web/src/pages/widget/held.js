// A table that is kept while its guest writes their name: asked for when the dialog opens, with one key however often it is sent, given
// back when the dialog is left. One that is lost is answered with the nearest that is kept instead.

import * as calls from '../guest/calls.js';
import { insistently } from '../common/http.js';
import { randomName } from '../common/storage.js';

const ASK_ON = 3; // times that it is asked for though its guest has gone, since it may be kept all the same
const PAUSES = [500, 1_000, 2_000, 4_000];

/** How long it is kept, in milliseconds: the device's own clock may be wrong. */
const lasting = ({ createdAt, expiresAt }) => Date.parse(expiresAt) - (Date.parse(createdAt) || Date.now());

export class Held {
  /** @param told `held(reservation, lost)`, `silent()` while no answer comes, `refused(refusal)` */
  constructor(venueId, wish, told) {
    Object.assign(this, { venueId, wish, told, key: randomName(), askedAt: Date.now() });
    this.ask();
  }

  async ask() {
    for (let tried = 0, spare = ASK_ON; spare > 0; tried++) {
      try {
        return this.keep(await calls.hold(this.venueId, this.wish, this.key));
      } catch (refusal) {
        const { heldAlternative } = refusal.problem ?? {};
        if (heldAlternative) return this.keep(heldAlternative, refusal);
        if (!refusal.isOpen) return this.isLeft || this.told.refused(refusal);
        if (this.isLeft) spare--;
        else this.told.silent();
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSES[Math.min(tried, PAUSES.length - 1)]));
    }
  }

  keep(reservation, lost) {
    this.reservation = reservation;
    this.until = this.askedAt + lasting(reservation);
    if (this.isLeft) return this.giveBack();
    this.told.held(reservation, lost);
  }

  /** The guest goes: what is kept is others' at once, or, where it cannot be given back, when its time is over. */
  leave() {
    if (this.isLeft) return;
    this.isLeft = true;
    this.giveBack();
  }

  giveBack() {
    const { id, manageToken } = this.reservation ?? {};
    if (!manageToken || this.isTaken) return;
    insistently(() => calls.cancel({ venueId: this.venueId, id, manageToken }, true)).catch(() => {}); // its time ends by itself
  }
}

package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Actor;
import io.lasttable.booking.day.Origin;
import java.util.Optional;

/**
 * What the news of a change say beside the thing itself.
 *
 * @param actor the kind of who made it, never who
 * @param left the day that a move left
 */
record News(Optional<Previous> previous, Optional<String> actor, Optional<String> cause, Optional<LeftDay> left) {

    static final News NONE = new News(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static News of(Optional<Origin> origin, Optional<Previous> previous, Optional<LeftDay> left) {
        return new News(
                previous,
                origin.map(Origin::actor).map(Actor::kind).map(Actor.Kind::label),
                origin.map(made -> made.cause().label()),
                left);
    }
}

package io.lasttable.booking.day;

import java.util.Optional;

/**
 * What was asked for beyond date, time and party size. Later changes keep to it.
 *
 * @param area that was asked for; a reservation's tables may be in an area that nobody asked for
 * @param tables whether staff chose the tables
 */
public record Choice(Optional<String> area, boolean tables) {

    static final Choice NONE = new Choice(Optional.empty(), false);

    static Choice of(Wish wish) {
        return new Choice(wish.area(), !wish.tables().isEmpty());
    }
}

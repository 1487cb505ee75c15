package io.lasttable.booking.venue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a table stands on the plan of its area, each area being a room of its own. Whole centimetres, so that a plan is the same wherever it is
 * read.
 *
 * @param x from the room's left wall, as it is drawn, to the table before it is turned; 0 to {@value #FARTHEST}
 * @param y from the wall at the top
 * @param width {@value #NARROWEST} to {@value #WIDEST}, as is {@code height}
 * @param rotation degrees clockwise about the table's middle, 0 to {@value #FULL_TURN}, that one excluded
 */
public record Position(int x, int y, int width, int height, Shape shape, int rotation) {

    static final int FARTHEST = 10_000;
    static final int NARROWEST = 20;
    static final int WIDEST = 2_000;
    static final int FULL_TURN = 360;

    /** What the table looks like from above. */
    public enum Shape {
        RECTANGLE,
        ROUND;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Shape> ofLabel(String label) {
            return List.of(values()).stream()
                    .filter(shape -> shape.label().equals(label))
                    .findFirst();
        }
    }
}

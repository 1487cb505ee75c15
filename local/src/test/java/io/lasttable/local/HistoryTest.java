package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.local.History.Answered;
import io.lasttable.local.History.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of histories finds what it is there to find. */
class HistoryTest {

    private static final Answered BOOKED = new Answered(Kind.BOOKED, 0, 10, 2, "a", "T1");

    @Test
    void anOrderThatFitsIsAccepted() {
        Answered refused = new Answered(Kind.REFUSED, 11, 20, 2, "", "");
        Answered cancelled = new Answered(Kind.CANCELLED, 21, 30, 3, "a", "");
        Answered again = new Answered(Kind.BOOKED, 25, 40, 4, "b", "T1");
        assertThat(new History(1, List.of(BOOKED, refused, cancelled, again)).contradictions())
                .isEmpty();
    }

    @Test
    void aTableThatIsTakenTwiceIsFound() {
        Answered other = new Answered(Kind.BOOKED, 5, 15, 3, "b", "T1");
        assertThat(new History(2, List.of(BOOKED, other)).contradictions()).isNotEmpty();
    }

    @Test
    void aRefusalFromThePastIsFound() {
        Answered cancelled = new Answered(Kind.CANCELLED, 11, 20, 3, "a", "");
        Answered stale = new Answered(Kind.REFUSED, 21, 30, 2, "", "");
        assertThat(new History(1, List.of(BOOKED, cancelled, stale)).contradictions())
                .isNotEmpty();
    }

    @Test
    void aRefusalAlthoughThereWasRoomIsFound() {
        Answered refused = new Answered(Kind.REFUSED, 11, 20, 2, "", "");
        assertThat(new History(2, List.of(BOOKED, refused)).contradictions()).isNotEmpty();
    }
}

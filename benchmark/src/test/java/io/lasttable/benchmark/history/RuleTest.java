package io.lasttable.benchmark.history;

import static io.lasttable.benchmark.history.Evening.frame;
import static io.lasttable.benchmark.history.Evening.told;
import static io.lasttable.benchmark.history.Evening.toldAfterSilence;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.benchmark.history.Operation.Done;
import io.lasttable.benchmark.history.Operation.Kind;
import io.lasttable.benchmark.history.Operation.Unknown;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge finds what it is there to find, and nothing in a history as it should be. */
class RuleTest {

    private final Evening evening = new Evening();

    @ParameterizedTest
    @EnumSource(Rule.class)
    void anEveningAsItShouldBeIsAccepted(Rule rule) {
        Change booked = evening.booked("a", "T1", 0, 10);
        evening.refused("b", booked.dayVersion(), 11, 20);
        Change cancelled = evening.cancelled(booked, 21, 30);
        Change again = evening.booked("c", "T1", 25, 40);
        evening.asked(Kind.BOOK, "lost", 41, 50, new Unknown());
        evening.watched(frame(0, 1), frame(10, 2), frame(31, cancelled.dayVersion()), frame(41, again.dayVersion()));
        evening.read(frame(0, 1), frame(12, 2), frame(13, 2), frame(44, again.dayVersion()));
        assertThat(evening.violations(rule)).isEmpty();
    }

    @Test
    void aTableThatIsTakenTwiceIsFoundInKafka() {
        Change first = evening.booked("a", "T1", 0, 10);
        evening.booked("b", "T1", 5, 15);
        evening.stored.remove(first.id());
        assertThat(evening.violations(Rule.NO_TABLE_TWICE)).isNotEmpty();
    }

    @Test
    void aTableThatIsTakenTwiceIsFoundInTheDatabase() {
        evening.booked("a", "T1", 0, 10);
        evening.booked("b", "T1", 5, 15);
        evening.published.clear();
        assertThat(evening.violations(Rule.NO_TABLE_TWICE)).isNotEmpty();
    }

    @Test
    void oneStayAfterTheOtherAtATableIsNoClash() {
        Change first = evening.booked("a", "T1", 0, 10);
        evening.spread(new Change(
                "b", first.day(), "held", 1, 3, first.to(), first.to().plusSeconds(60), List.of("T1")));
        assertThat(evening.violations(Rule.NO_TABLE_TWICE)).isEmpty();
    }

    @Test
    void aVersionFromBeforeWhatHadBeenAnsweredIsFound() {
        evening.booked("a", "T1", 11, 20);
        evening.booked("b", "T2", 0, 10);
        assertThat(evening.violations(Rule.ONE_ORDER)).isNotEmpty();
    }

    @Test
    void aRefusalFromThePastIsFound() {
        Change booked = evening.booked("a", "T1", 0, 10);
        Change cancelled = evening.cancelled(booked, 11, 20);
        evening.refused("b", cancelled.dayVersion() - 1, 21, 30);
        assertThat(evening.violations(Rule.ONE_ORDER)).isNotEmpty();
    }

    @Test
    void aRefusalAlthoughATableWasFreeIsFound() {
        evening.refused("b", 1, 0, 10);
        assertThat(evening.violations(Rule.REFUSED_WITH_REASON)).isNotEmpty();
    }

    @Test
    void whoIsDecidedTogetherWithTheWinnerNamesTheVersionBefore() {
        evening.refused("b", 1, 0, 10);
        evening.booked("a", "T1", 0, 10);
        assertThat(evening.violations(Rule.REFUSED_WITH_REASON)).isEmpty();
    }

    @Test
    void anAnswerThatTheDatabaseDoesNotKnowIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.stored.clear();
        assertThat(evening.violations(Rule.NOTHING_LOST)).isNotEmpty();
    }

    @Test
    void anAnswerThatKafkaDoesNotKnowIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.published.clear();
        assertThat(evening.violations(Rule.NOTHING_LOST)).isNotEmpty();
    }

    @Test
    void anAnswerThatNamesAnotherTableThanTheDatabaseIsFound() {
        Change booked = evening.booked("a", "T1", 0, 10);
        evening.stored.put(
                "a", new Change("a", booked.day(), "confirmed", 1, 2, booked.from(), booked.to(), List.of("T2")));
        assertThat(evening.violations(Rule.NOTHING_LOST)).isNotEmpty();
    }

    @Test
    void aRetryThatBooksOnceMoreIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.made.put("a", 2);
        assertThat(evening.violations(Rule.ONE_EFFECT)).isNotEmpty();
    }

    @Test
    void aRefusalThatHasBookedIsFound() {
        evening.refused("b", 1, 0, 10);
        evening.made.put("b", 1);
        assertThat(evening.violations(Rule.ONE_EFFECT)).isNotEmpty();
    }

    @Test
    void twoAnswersForOneChangeAreFound() {
        Change booked = evening.booked("a", "T1", 0, 10);
        evening.asked(Kind.CONFIRM, "confirm", 11, 20, new Done(booked));
        assertThat(evening.violations(Rule.ONE_EFFECT)).isNotEmpty();
    }

    @Test
    void aVersionThatKafkaNeverGotIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.booked("b", "T2", 0, 10);
        evening.publishedDay.remove(Long.valueOf(2));
        assertThat(evening.violations(Rule.KAFKA_IN_ORDER)).isNotEmpty();
    }

    @Test
    void anOlderStateThatStandsLastInKafkaIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.publishedDay.add(1L);
        assertThat(evening.violations(Rule.KAFKA_IN_ORDER)).isNotEmpty();
    }

    @Test
    void recordsThatComeAgainAfterATakeOverAreNoMistake() {
        evening.booked("a", "T1", 0, 10);
        evening.publishedDay.addAll(List.of(1L, 2L));
        assertThat(evening.violations(Rule.KAFKA_IN_ORDER)).isEmpty();
    }

    @Test
    void aReadSideThatStaysBehindIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.readSide = 1;
        assertThat(evening.violations(Rule.READ_SIDE_CAUGHT_UP)).isNotEmpty();
    }

    @Test
    void aWatcherThatEndsBehindIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.watched(frame(0, 1));
        assertThat(evening.violations(Rule.WATCHERS_CAUGHT_UP)).isNotEmpty();
    }

    @Test
    void aWatcherThatShowsAnotherStateThanItsVersionsIsFound() {
        evening.watched(frame(0, 1));
        evening.document = Map.of("19:00", "{\"2\":1}");
        assertThat(evening.violations(Rule.WATCHERS_CAUGHT_UP)).isNotEmpty();
    }

    @Test
    void aWatcherThatIsToldToDoubtForEverIsFound() {
        evening.watched(frame(0, 1), told(1, 1, false));
        assertThat(evening.violations(Rule.WATCHERS_CAUGHT_UP)).isNotEmpty();
    }

    @Test
    void aVersionThatGoesBackIsFound() {
        evening.watched(frame(0, 2), frame(1, 1));
        assertThat(evening.violations(Rule.NEVER_BACK)).isNotEmpty();
    }

    @Test
    void aVersionThatComesTwiceIsFound() {
        evening.watched(frame(0, 1), frame(1, 1));
        assertThat(evening.violations(Rule.NEVER_BACK)).isNotEmpty();
    }

    @Test
    void whoBelievesForLongerThanPromisedInAnOldStateIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.watched(frame(0, 1), frame(16, 2));
        assertThat(evening.violations(Rule.TOLD_WHEN_STALE)).isNotEmpty();
    }

    @Test
    void whoHasBeenToldInTimeIsNotDeceived() {
        evening.booked("a", "T1", 0, 10);
        evening.watched(frame(0, 1), told(14, 1, false), frame(60, 2));
        assertThat(evening.violations(Rule.TOLD_WHEN_STALE)).isEmpty();
    }

    @Test
    void whoCouldNotBeToldOnASilentConnectionIsNotDeceived() {
        evening.booked("a", "T1", 0, 10);
        evening.watched(frame(0, 1), toldAfterSilence(21, 1, false, 13), frame(60, 2));
        assertThat(evening.violations(Rule.TOLD_WHEN_STALE)).isEmpty();
    }

    @Test
    void silenceThatBeganTooLateExcusesNothing() {
        evening.booked("a", "T1", 0, 10);
        evening.watched(frame(0, 1), toldAfterSilence(40, 1, false, 30), frame(60, 2));
        assertThat(evening.violations(Rule.TOLD_WHEN_STALE)).isNotEmpty();
    }

    @Test
    void whoIsToldThatAllIsWellTooEarlyIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.watched(frame(0, 1), told(14, 1, false), told(20, 1, true), frame(21, 2));
        assertThat(evening.violations(Rule.TOLD_WHEN_STALE)).isNotEmpty();
    }

    @Test
    void anOldAnswerThatDoesNotSaySoIsFound() {
        evening.booked("a", "T1", 0, 10);
        evening.read(frame(0, 1), frame(16, 1));
        assertThat(evening.violations(Rule.TOLD_WHEN_STALE)).isNotEmpty();
    }

    @Test
    void whoHasNotAskedMeanwhileIsNotDeceived() {
        evening.booked("a", "T1", 0, 10);
        evening.read(frame(0, 1), frame(16, 2));
        assertThat(evening.violations(Rule.TOLD_WHEN_STALE)).isEmpty();
    }
}

package io.lasttable.booking.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is given another place in line, and what that is to the others. */
class LineOrderTest {

    private static final Instant NOW =
            DayWorld.SATURDAY.minusDays(3).atStartOfDay().toInstant(java.time.ZoneOffset.UTC);
    private static final List<UUID> FOUR = List.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3), new UUID(0, 4));

    @Test
    void everyMoveIsTheMoveInAList() {
        for (int from = 0; from < FOUR.size(); from++) {
            for (int to = 1; to <= FOUR.size() + 1; to++) {
                List<UUID> expected = new ArrayList<>(FOUR);
                UUID moved = expected.remove(from);
                expected.add(Math.min(to - 1, expected.size()), moved);
                DayStep step = moved(FOUR.get(from), to);
                Day after = step.days().get(DayWorld.SATURDAY);
                assertThat(after.waiting()).extracting(WaitlistEntry::id).containsExactlyElementsOf(expected);
                assertThat(after.waiting().stream().map(each -> each.ticket().orElseThrow()))
                        .isSorted()
                        .containsExactlyInAnyOrder(10L, 20L, 30L, 40L);
                boolean changes = !expected.equals(FOUR);
                assertThat(step.writes()).isEqualTo(changes);
                assertThat(step.waitlistChanges()).hasSize(changes ? 1 : 0);
                if (changes) {
                    WaitlistChange change = step.waitlistChanges().get(0);
                    assertThat(change.after().version()).isEqualTo(2);
                    assertThat(change.position()).hasValue(expected.indexOf(moved) + 1);
                    assertThat(change.origin().orElseThrow().cause()).isEqualTo(Cause.REORDERED);
                }
            }
        }
    }

    @Test
    void onlyThoseWhoWaitHaveAPlace() {
        List<WaitlistEntry> line = line();
        line.set(1, line.get(1).become(WaitlistStatus.WITHDRAWN));
        DayStep step = step(line, FOUR.get(1), 1);
        assertThat(step.decisions()).containsExactly(new Refusal.NotWaiting(WaitlistStatus.WITHDRAWN));
        DayStep other = step(line, FOUR.get(3), 2);
        assertThat(other.days().get(DayWorld.SATURDAY).waiting())
                .extracting(WaitlistEntry::id)
                .containsExactly(FOUR.get(0), FOUR.get(3), FOUR.get(2));
    }

    private static DayStep moved(UUID id, int position) {
        return step(line(), id, position);
    }

    private static DayStep step(List<WaitlistEntry> line, UUID id, int position) {
        Day day = Day.load(1, new DayPlan(full(), DayWorld.SATURDAY), List.of(), List.of(), line);
        Command relist = new Command.Relist(id, LabelsPatch.NONE, OptionalInt.of(position), OptionalLong.empty());
        return DayStep.of(
                new TreeMap<>(Map.of(DayWorld.SATURDAY, day)),
                List.of(Request.of(relist)),
                Map.of(),
                DayWorld.RULES,
                NOW);
    }

    /** No table suits a party of twelve, so nobody is offered one. */
    private static io.lasttable.booking.venue.Venue full() {
        return VenueBuilder.aVenue().withTable("T1", 1, 2).build();
    }

    private static List<WaitlistEntry> line() {
        List<WaitlistEntry> line = new ArrayList<>();
        for (UUID id : FOUR) {
            WaitlistWish wish = new WaitlistWish(
                    DayWorld.SATURDAY, LocalTime.parse("19:00"), LocalTime.parse("19:00"), 12, Optional.empty());
            line.add(new WaitlistEntry(
                    id,
                    full().id(),
                    wish,
                    DayWorld.GUEST,
                    WaitlistStatus.WAITING,
                    1,
                    NOW.plusSeconds(86_400),
                    Optional.empty(),
                    Labels.NONE,
                    Optional.empty(),
                    OptionalLong.of(10 * (id.getLeastSignificantBits()))));
        }
        line.sort(Comparator.comparingLong(entry -> entry.ticket().orElseThrow()));
        return line;
    }
}

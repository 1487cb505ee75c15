package io.lasttable.booking.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The day's availability after a commit, the value of {@code lasttable.days.v1} (contract/schemas/day.v1.schema.json).
 *
 * <p>Computed at each commit of a hot day: per slot one pass over the tables finds until when each is free; a combination is
 * free as long as the tightest of its tables. Every party size is then counted from that, no interval is looked at again.
 * A date behind the end of the booking window, which may have been shortened, has no slots; a slot whose cut-off has passed has
 * nothing left.
 *
 * @param venueVersion of the venue that it was computed by; a later one has the same day unless it says otherwise
 * @param notBookable why nobody can book it, whatever is free
 */
public record DayDocument(
        DayKey key,
        long version,
        long venueVersion,
        Duration minNotice,
        Optional<Refusal.Reason> notBookable,
        List<SlotState> slots) {

    /** @param left tables or combinations left, indexed by party size */
    public record SlotState(Slot slot, int[] left) {}

    static DayDocument of(Day day, Instant now) {
        DayPlan plan = day.plan();
        List<SlotState> states = new ArrayList<>();
        boolean bookable = !plan.date().isAfter(plan.venue().lastBookableDate(now));
        for (Slot slot : bookable ? plan.grid().slots() : List.<Slot>of()) {
            states.add(new SlotState(slot, left(day, slot, now)));
        }
        return new DayDocument(
                new DayKey(plan.venue().id(), plan.date()),
                day.version(),
                plan.venue().version(),
                plan.venue().bookingWindow().minNotice(),
                notBookable(plan, bookable),
                states);
    }

    private static Optional<Refusal.Reason> notBookable(DayPlan plan, boolean inWindow) {
        if (!inWindow) {
            return Optional.of(Refusal.Reason.OUTSIDE_BOOKING_WINDOW);
        }
        return plan.grid().slots().isEmpty() ? Optional.of(Refusal.Reason.CLOSED) : Optional.empty();
    }

    private static int[] left(Day day, Slot slot, Instant now) {
        int[] left = new int[day.plan().floor().largestParty() + 1];
        if (slot.isShut(now)) {
            return left;
        }
        Floor floor = day.plan().floor(slot);
        Occupancy occupancy = day.occupancy();
        int starting = occupancy.coversStarting(slot.startsAt(), stay -> occupancy.blocks(stay, now));
        int room = Math.min(Pacing.room(slot.period(), starting), floor.largestParty());
        long[] turns = turnSeconds(slot, room);
        long start = slot.startsAt().getEpochSecond();
        long[] freeUntil = occupancy.freeUntil(slot.startsAt(), now);
        day.closed().shorten(freeUntil, slot.startsAt());
        floor.tableSets().forEach(tableSet -> {
            long free = Long.MAX_VALUE;
            for (int table : tableSet.indexes()) {
                free = Math.min(free, freeUntil[table]);
            }
            for (int party = tableSet.minCovers(); party <= Math.min(tableSet.maxCovers(), room); party++) {
                if (turns[party] > 0 && start + turns[party] <= free) {
                    left[party]++;
                }
            }
        });
        return left;
    }

    private static long[] turnSeconds(Slot slot, int largest) {
        long[] seconds = new long[largest + 1];
        for (int party = 1; party <= largest; party++) {
            seconds[party] = slot.turnTime(party).map(Duration::toSeconds).orElse(0L);
        }
        return seconds;
    }

    /** Tables or combinations left for a party at a start that can still be asked for; 0 when there is no such start. */
    public int left(LocalTime time, int partySize, Instant now) {
        return slots.stream()
                .filter(state -> state.slot().time().equals(time))
                .filter(state -> state.slot().startsAt().isAfter(now.plus(minNotice)))
                .filter(state -> !state.slot().isShut(now))
                .mapToInt(state -> partySize < state.left().length ? state.left()[partySize] : 0)
                .findFirst()
                .orElse(0);
    }

    /** The same day with nothing left to book, ever. */
    public DayDocument ended() {
        return new DayDocument(key, version, venueVersion, minNotice, Optional.of(Refusal.Reason.CLOSED), List.of());
    }

    /** Whether nothing but the versions differs. */
    boolean saysTheSameAs(DayDocument other) {
        return new DayDocument(key, other.version, other.venueVersion, minNotice, notBookable, slots)
                .json()
                .equals(other.json());
    }

    /** Every string in it is a validated id, date, time or number, so nothing needs escaping. */
    public String json() {
        StringBuilder json = new StringBuilder(128 + slots.size() * 96);
        json.append("{\"venueId\":\"")
                .append(key.venueId())
                .append("\",\"date\":\"")
                .append(key.date());
        json.append("\",\"version\":")
                .append(version)
                .append(",\"venueVersion\":")
                .append(venueVersion)
                .append(",\"minNotice\":\"")
                .append(minNotice);
        notBookable.ifPresent(reason -> json.append("\",\"notBookable\":\"").append(reason.label()));
        json.append("\",\"slots\":[");
        for (int i = 0; i < slots.size(); i++) {
            append(json.append(i == 0 ? "" : ","), slots.get(i));
        }
        return json.append("]}").toString();
    }

    private static void append(StringBuilder json, SlotState state) {
        json.append("{\"time\":\"").append(state.slot().time());
        json.append("\",\"startsAt\":\"").append(state.slot().startsAt());
        state.slot()
                .closesAt()
                .ifPresent(at -> json.append("\",\"closesAt\":\"").append(at));
        json.append("\",\"left\":{");
        String separator = "";
        for (int party = 1; party < state.left().length; party++) {
            if (state.left()[party] > 0) {
                json.append(separator).append('"').append(party).append("\":").append(state.left()[party]);
                separator = ",";
            }
        }
        json.append("}}");
    }
}

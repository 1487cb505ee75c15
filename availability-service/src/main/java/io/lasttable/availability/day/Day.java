package io.lasttable.availability.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The whole availability of a day as booking-service published it. Time passes here: see {@link #openFor}. */
public record Day(DayKey key, long version, Duration minNotice, List<Slot> slots) {

    private static final Duration FURTHEST_BEHIND = Duration.ofHours(-12);

    public Day {
        slots = List.copyOf(slots);
        if (version < 1 || minNotice.isNegative()) {
            throw new IllegalArgumentException("version " + version + ", minNotice " + minNotice);
        }
    }

    /** The slots that the party can book now, in order: see {@link Cutoff}. */
    public List<Slot> openFor(PartySize party, Instant now) {
        long earliest = Cutoff.at(now).earliestStart(noticeSeconds());
        return slots.stream()
                .filter(slot -> slot.leftFor(party) > 0 && slot.startsAt().getEpochSecond() >= earliest)
                .toList();
    }

    /** The minimum notice in whole seconds; a part of a second counts as one. */
    public long noticeSeconds() {
        return minNotice.toSeconds() + (minNotice.getNano() == 0 ? 0 : 1);
    }

    /**
     * The slot's venue-local start, on the date it falls on: a time after midnight belongs to the service date all the same.
     * It is told from the instant and from the offset that the day's first slot has; the zone is not asked, so that what the
     * writer published holds whatever time zone data this side has.
     */
    public LocalDateTime localStart(Slot slot) {
        Slot first = slots.get(0);
        LocalDateTime begin = firstStart(first);
        Duration later = Duration.between(first.startsAt(), slot.startsAt());
        LocalDateTime near = begin.plus(later);
        long days = Math.round(
                Duration.between(near.toLocalDate().atTime(slot.time()), near).toMinutes() / 1440.0);
        return near.toLocalDate().plusDays(days).atTime(slot.time());
    }

    /** On the service date; on the next one when a change of the clocks skipped all before midnight (no zone is below UTC-12). */
    private LocalDateTime firstStart(Slot first) {
        LocalDateTime sameDate = key.date().atTime(first.time());
        Duration offset = Duration.between(first.startsAt(), sameDate.toInstant(ZoneOffset.UTC));
        return offset.compareTo(FURTHEST_BEHIND) < 0 ? sameDate.plusDays(1) : sameDate;
    }

    /** Whether the passing of time has taken slots away since this version was published: the first goes first. */
    public boolean hasPassedSlots(Instant now) {
        return !slots.isEmpty()
                && slots.get(0).startsAt().getEpochSecond() < Cutoff.at(now).earliestStart(noticeSeconds());
    }
}

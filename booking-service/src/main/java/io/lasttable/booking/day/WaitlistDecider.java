package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Join;
import io.lasttable.booking.day.Decision.Listed;
import io.lasttable.booking.day.Refusal.ComesAlready;
import io.lasttable.booking.day.Refusal.Mistaken;
import io.lasttable.booking.day.Refusal.WaitlistFull;
import io.lasttable.booking.venue.SameGuest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/** Who may wait for a table of one day at one instant, and what they are offered. */
final class WaitlistDecider {

    private static final String WAITLIST = "waitlist";

    private final Day day;
    private final Instant now;
    private final Bookability bookability;

    WaitlistDecider(Day day, Instant now) {
        this.day = day;
        this.now = now;
        this.bookability = new Bookability(day.plan(), now);
    }

    /** Joins the line, at its end. */
    Decision join(Join join, int mostWaiting) {
        if (join.wish().passesMidnight() && !day.plan().grid().passesMidnight()) {
            return new Mistaken("/to", "must not be earlier than from: no service of the date runs past midnight");
        }
        Optional<Refusal> no = bookability.refusal(join.wish());
        if (no.isPresent()) {
            return no.get();
        }
        if (day.open().count() >= mostWaiting) {
            return new WaitlistFull(mostWaiting);
        }
        Optional<OtherVisit> other = day.guestbook(now).other(join.guest(), join.wish());
        if (other.isPresent() && day.plan().venue().sameGuest() == SameGuest.REFUSE) {
            return new ComesAlready();
        }
        return new Listed(entry(join), other);
    }

    private WaitlistEntry entry(Join join) {
        return new WaitlistEntry(
                join.id(),
                day.plan().venue().id(),
                join.wish(),
                join.guest(),
                WaitlistStatus.WAITING,
                1,
                closing(join.wish(), now).orElseThrow(),
                Optional.empty(),
                join.labels(),
                Optional.of(now),
                OptionalLong.empty());
    }

    /**
     * Who waits, and where, once an entry has another place among them: they pass their tickets on, so that nobody else is touched.
     *
     * @param position from 1; behind the last is last
     */
    Map<UUID, Long> tickets(WaitlistEntry entry, int position) {
        List<WaitlistEntry> line =
                day.waiting().stream().filter(each -> each.ticket().isPresent()).toList();
        List<WaitlistEntry> reordered = new ArrayList<>(line);
        boolean waits = reordered.remove(entry);
        Map<UUID, Long> tickets = new LinkedHashMap<>();
        if (waits) {
            reordered.add(Math.min(position - 1, reordered.size()), entry);
            for (int place = 0; place < line.size(); place++) {
                if (!line.get(place).equals(reordered.get(place))) {
                    tickets.put(
                            reordered.get(place).id(), line.get(place).ticket().orElseThrow());
                }
            }
        }
        return tickets;
    }

    /** When the last start of a wish can no longer be booked by who has waited since then; empty when none can. */
    private Optional<Instant> closing(WaitlistWish wish, Instant since) {
        return starts(wish, since)
                .reduce((first, second) -> second)
                .map(last ->
                        last.startsAt().minus(day.plan().venue().bookingWindow().minNotice()));
    }

    /** Those in line whose last start is another one by a new schedule. */
    List<WaitlistEntry> retimed() {
        return day.waiting().stream()
                .flatMap(entry ->
                        closing(entry.wish(), since(entry))
                                .filter(closing -> !closing.equals(entry.closesAt()))
                                .stream()
                                .map(entry::closingAt))
                .toList();
    }

    /**
     * A hold for someone in line, at the earliest start that suits. Every hold counts here, even one that has run out: what
     * is offered displaces nobody.
     */
    Optional<ReservationChange> offer(WaitlistEntry entry, Duration offerFor) {
        Seating seating = new Seating(day, day.occupancy(), now);
        return starts(entry.wish(), since(entry))
                .flatMap(slot -> seating.placeBesideEveryHold(entry.wish().at(slot.time()), slot).stream()
                        .map(placement -> offered(entry, slot, placement, offerFor)))
                .findFirst();
    }

    private ReservationChange offered(WaitlistEntry entry, Slot slot, Placement placement, Duration offerFor) {
        Instant expiresAt = earlier(now.plus(offerFor), slot.startsAt());
        return ReservationChange.made(new ReservationDraft(day.plan().venue().id(), offerId(entry))
                .on(entry.wish().date(), slot.time())
                .placed(placement)
                .forParty(entry.wish().partySize())
                .status(Status.HELD)
                .times(Times.made(Status.HELD, now))
                .guest(Optional.of(entry.guest()))
                .channel(Optional.of(WAITLIST))
                .labels(new Labels(Optional.empty(), entry.labels().metadata()))
                .versions(1, day.nextVersion())
                .expiresAt(Optional.of(expiresAt))
                .done());
    }

    /** Drawn from the entry, so that deciding needs no randomness; an entry gets one offer. */
    private static UUID offerId(WaitlistEntry entry) {
        return UUID.nameUUIDFromBytes(("offer/" + entry.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant since(WaitlistEntry entry) {
        return entry.createdAt().orElse(Instant.MIN);
    }

    /** Who has joined in time waits on behind the cut-off: the house knew of them when it counted its guests. */
    private Stream<Slot> starts(WaitlistWish wish, Instant since) {
        return day.plan().grid().slots().stream()
                .filter(slot -> wish.includes(slot) && !bookability.isTooLate(slot) && !slot.isShut(since))
                .filter(slot -> bookability.party(wish.at(slot.time()), slot).isEmpty());
    }
}

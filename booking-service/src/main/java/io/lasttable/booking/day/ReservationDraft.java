package io.lasttable.booking.day;

import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A reservation in the making, each part named: new, changed or read from where it is stored. For one thread. */
public final class ReservationDraft {

    private final UUID id;
    private final VenueId venueId;
    private LocalDate date;
    private LocalTime time;
    private Instant startsAt;
    private Instant endsAt;
    private int partySize;
    private List<String> tables = List.of();
    private Optional<String> area = Optional.empty();
    private Status status;
    private Optional<Guest> guest = Optional.empty();
    private Optional<String> note = Optional.empty();
    private Optional<String> channel = Optional.empty();
    private long version = 1;
    private long dayVersion;
    private Optional<Instant> expiresAt = Optional.empty();
    private Choice choice = Choice.NONE;
    private Optional<Former> former = Optional.empty();
    private Labels labels = Labels.NONE;
    private Times times = Times.UNKNOWN;

    public ReservationDraft(VenueId venueId, UUID id) {
        this.venueId = venueId;
        this.id = id;
    }

    static ReservationDraft of(Reservation before) {
        return new ReservationDraft(before.venueId(), before.id())
                .on(before.date(), before.time())
                .placed(new Placement(before.tables(), before.startsAt(), before.endsAt(), before.area()))
                .forParty(before.partySize())
                .status(before.status())
                .guest(before.guest())
                .note(before.note())
                .channel(before.channel())
                .versions(before.version(), before.dayVersion())
                .expiresAt(before.expiresAt())
                .choice(before.choice())
                .former(before.former())
                .labels(before.labels())
                .times(before.times());
    }

    public ReservationDraft on(LocalDate serviceDate, LocalTime start) {
        date = serviceDate;
        time = start;
        return this;
    }

    public ReservationDraft placed(Placement placement) {
        tables = placement.tables();
        area = placement.area();
        startsAt = placement.startsAt();
        endsAt = placement.endsAt();
        return this;
    }

    ReservationDraft endsAt(Instant end) {
        endsAt = end;
        return this;
    }

    public ReservationDraft forParty(int size) {
        partySize = size;
        return this;
    }

    public ReservationDraft status(Status now) {
        status = now;
        return this;
    }

    public ReservationDraft guest(Optional<Guest> who) {
        guest = who;
        return this;
    }

    public ReservationDraft note(Optional<String> text) {
        note = text;
        return this;
    }

    public ReservationDraft channel(Optional<String> name) {
        channel = name;
        return this;
    }

    public ReservationDraft versions(long own, long ofDay) {
        version = own;
        dayVersion = ofDay;
        return this;
    }

    public ReservationDraft expiresAt(Optional<Instant> at) {
        expiresAt = at;
        return this;
    }

    public ReservationDraft choice(Choice made) {
        choice = made;
        return this;
    }

    public ReservationDraft former(Optional<Former> was) {
        former = was;
        return this;
    }

    public ReservationDraft labels(Labels given) {
        labels = given;
        return this;
    }

    public ReservationDraft times(Times known) {
        times = known;
        return this;
    }

    public Reservation done() {
        return new Reservation(
                id,
                venueId,
                date,
                time,
                startsAt,
                endsAt,
                partySize,
                tables,
                area,
                status,
                guest,
                note,
                channel,
                version,
                dayVersion,
                expiresAt,
                choice,
                former,
                labels,
                times);
    }
}

package io.lasttable.booking.day;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.booking.venue.BookingWindow;
import io.lasttable.booking.venue.Combination;
import io.lasttable.booking.venue.FloorPlan;
import io.lasttable.booking.venue.GuestChanges;
import io.lasttable.booking.venue.SameGuest;
import io.lasttable.booking.venue.ServicePeriod;
import io.lasttable.booking.venue.Table;
import io.lasttable.booking.venue.TurnTime;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A venue in few words: open every day, 18:30 to 22:00 each half hour, 90 minutes for two and two hours for more. */
public final class VenueBuilder {

    private final List<Table> tables = new ArrayList<>();
    private final List<Combination> combinations = new ArrayList<>();
    private String id = "";
    private ZoneId zone = ZoneId.of("Europe/Paris");
    private LocalTime first = LocalTime.of(18, 30);
    private LocalTime last = LocalTime.of(22, 0);
    private Duration interval = Duration.ofMinutes(30);
    private OptionalInt pacing = OptionalInt.empty();
    private Duration notice = Duration.ZERO;
    private Duration buffer = Duration.ZERO;
    private Optional<LocalTime> cutoff = Optional.empty();
    private Optional<LocalTime> later = Optional.empty();
    private FloorPlan laterPlan = FloorPlan.WHOLE;
    private Optional<String> phone = Optional.empty();
    private SameGuest sameGuest = SameGuest.ALLOW;
    private List<TurnTime> turns =
            List.of(new TurnTime(2, Duration.ofMinutes(90)), new TurnTime(12, Duration.ofHours(2)));

    public static VenueBuilder aVenue() {
        return aVenue("chez-nous");
    }

    public static VenueBuilder aVenue(String id) {
        VenueBuilder builder = new VenueBuilder();
        builder.id = id;
        return builder;
    }

    public VenueBuilder in(String zoneId) {
        zone = ZoneId.of(zoneId);
        return this;
    }

    public VenueBuilder seating(String from, String to, int minutes) {
        first = LocalTime.parse(from);
        last = LocalTime.parse(to);
        interval = Duration.ofMinutes(minutes);
        return this;
    }

    @CanIgnoreReturnValue
    public VenueBuilder withTable(String id, int minCovers, int maxCovers) {
        return withTable(id, minCovers, maxCovers, "main");
    }

    @CanIgnoreReturnValue
    public VenueBuilder withTable(String id, int minCovers, int maxCovers, String area) {
        tables.add(new Table(id, minCovers, maxCovers, Optional.of(area), Optional.empty(), Optional.empty()));
        return this;
    }

    @CanIgnoreReturnValue
    public VenueBuilder withTable(String id, int minCovers, int maxCovers, Duration turnBuffer) {
        tables.add(new Table(id, minCovers, maxCovers, Optional.of("main"), Optional.empty(), Optional.of(turnBuffer)));
        return this;
    }

    @CanIgnoreReturnValue
    public VenueBuilder withCombination(int minCovers, int maxCovers, String... ids) {
        combinations.add(new Combination(List.of(ids), minCovers, maxCovers));
        return this;
    }

    public VenueBuilder pacedAt(int coversPerSlot) {
        pacing = OptionalInt.of(coversPerSlot);
        return this;
    }

    public VenueBuilder noticeOf(Duration shortest) {
        notice = shortest;
        return this;
    }

    @CanIgnoreReturnValue
    public VenueBuilder madeReadyIn(Duration turnBuffer) {
        buffer = turnBuffer;
        return this;
    }

    @CanIgnoreReturnValue
    public VenueBuilder closingAt(String sameDayCutoff) {
        cutoff = Optional.of(LocalTime.parse(sameDayCutoff));
        return this;
    }

    /** From a start on it is another service, which seats in these areas only. */
    @CanIgnoreReturnValue
    public VenueBuilder fromThenOnIn(String time, String... areas) {
        return fromThenOnIn(time, new FloorPlan(List.of(areas), List.of()));
    }

    @CanIgnoreReturnValue
    public VenueBuilder fromThenOnIn(String time, FloorPlan plan) {
        later = Optional.of(LocalTime.parse(time));
        laterPlan = plan;
        return this;
    }

    public VenueBuilder calledAt(String number) {
        phone = Optional.of(number);
        return this;
    }

    public VenueBuilder whoseGuestsComeTwice(SameGuest policy) {
        sameGuest = policy;
        return this;
    }

    /** Every party stays as long. */
    public VenueBuilder turningIn(Duration turn) {
        turns = List.of(new TurnTime(12, turn));
        return this;
    }

    public Venue build() {
        return new Venue(
                new VenueId(id),
                1,
                "Chez Nous",
                zone,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                tables,
                combinations,
                periods(),
                List.of(),
                new BookingWindow(365, notice, cutoff),
                List.of(),
                List.of(),
                sameGuest,
                GuestChanges.DEFAULT,
                Optional.empty(),
                buffer,
                phone);
    }

    private List<ServicePeriod> periods() {
        return later.map(from -> List.of(
                        period("dinner", first, from.minus(interval), FloorPlan.WHOLE),
                        period("late dinner", from, last, laterPlan)))
                .orElseGet(() -> List.of(period("dinner", first, last, FloorPlan.WHOLE)));
    }

    private ServicePeriod period(String name, LocalTime from, LocalTime to, FloorPlan plan) {
        return new ServicePeriod(
                name, EnumSet.allOf(DayOfWeek.class), from, to, interval, turns, pacing, Optional.empty(), plan);
    }
}

package io.lasttable.booking.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lasttable.booking.contact.Country;
import io.lasttable.booking.contact.Phone;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A venue as JSON: read strictly from callers, written the same way to callers, the database and Kafka. */
public final class VenueJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_COVERS = 200;
    private static final int MAX_TABLES = 500;
    private static final Duration LONGEST_BUFFER = Duration.ofHours(2);

    private VenueJson() {}

    /** Reads what a caller sent; throws a {@link Problem} that lists every mistake. */
    public static Venue read(VenueId id, String body) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        Venue venue = venue(id, fields, mistakes);
        fields.refuseOthers();
        if (mistakes.isEmpty()) {
            VenueRules.check(venue, mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return venue;
    }

    /** Reads a document that {@link #write} wrote; throws when this JDK does not know its time zone, since no time would be right. */
    public static Venue stored(String document) {
        try {
            Mistakes mistakes = new Mistakes();
            Fields fields = new Fields(MAPPER.readTree(document), "", new Mistakes());
            Venue venue = venue(new VenueId(fields.text("venueId", 63)), fields, mistakes);
            if (!mistakes.isEmpty()) {
                throw new IllegalStateException("The stored venue " + venue.id() + " cannot be read: "
                        + mistakes.found().get(0));
            }
            return venue;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored venue is not JSON", e);
        }
    }

    private static Venue venue(VenueId id, Fields fields, Mistakes mistakes) {
        fields.optionalText("venueId", 63)
                .filter(own -> !own.equals(id.value()))
                .ifPresent(other -> mistakes.add("/venueId", "must be " + id + " as in the path, or be left out"));
        ZoneId zone = zone(fields, mistakes);
        return new Venue(
                id,
                fields.optionalInteger("version", 1, Integer.MAX_VALUE).orElse(1),
                fields.text("name", 200),
                zone,
                fields.optionalText("city", 100),
                fields.object("location").map(VenueJson::location),
                fields.array("cuisines", 20, cuisine -> cuisine.text(50)),
                fields.array("tables", MAX_TABLES, table -> table(table.fields())),
                fields.array("combinations", MAX_TABLES, combination -> combination(combination.fields())),
                fields.array("servicePeriods", 50, period -> PeriodJson.read(period.fields())),
                fields.array("specialDays", 400, special -> specialDay(special.fields())),
                fields.object("bookingWindow")
                        .map(VenueJson::window)
                        .orElse(new BookingWindow(60, Duration.ZERO, Optional.empty())),
                fields.array("seasons", 100, season -> season(season.fields())),
                fields.array("schedules", 20, schedule -> schedule(schedule.fields())),
                fields.optional("sameGuest", 10, SameGuest::ofLabel, "must be allow, warn or refuse")
                        .orElse(SameGuest.ALLOW),
                fields.object("guestChanges").map(VenueJson::guestChanges).orElse(GuestChanges.DEFAULT),
                fields.optional(
                        "group",
                        63,
                        name -> VenueId.isValid(name) ? Optional.of(name) : Optional.empty(),
                        "must be 1 to 63 of a-z, 0-9 and -, not starting with -"),
                buffer(fields).orElse(Duration.ZERO),
                fields.optional("phone", 40, text -> Phone.parse(text, Country.ofZone(zone.getId())), Phone.RULE)
                        .map(Phone::e164));
    }

    private static ZoneId zone(Fields fields, Mistakes mistakes) {
        String name = fields.text("timeZone", 60);
        try {
            return name.isEmpty() || !ZoneId.getAvailableZoneIds().contains(name) ? unknown(mistakes) : ZoneId.of(name);
        } catch (DateTimeException e) {
            return unknown(mistakes);
        }
    }

    private static ZoneId unknown(Mistakes mistakes) {
        mistakes.add("/timeZone", "must be an IANA time zone such as Europe/Paris");
        return ZoneId.of("UTC");
    }

    private static Location location(Fields fields) {
        Location location = new Location(fields.number("lat", -90, 90), fields.number("lon", -180, 180));
        fields.refuseOthers();
        return location;
    }

    private static Table table(Fields fields) {
        Table table = new Table(
                fields.text("id", 40),
                fields.integer("minCovers", 1, MAX_COVERS),
                fields.integer("maxCovers", 1, MAX_COVERS),
                fields.optionalText("area", 60),
                fields.object("position").map(VenueJson::position),
                buffer(fields));
        fields.refuseOthers();
        return table;
    }

    private static Position position(Fields fields) {
        Position position = new Position(
                fields.integer("x", 0, Position.FARTHEST),
                fields.integer("y", 0, Position.FARTHEST),
                fields.integer("width", Position.NARROWEST, Position.WIDEST),
                fields.integer("height", Position.NARROWEST, Position.WIDEST),
                fields.optional("shape", 20, Position.Shape::ofLabel, "must be rectangle or round")
                        .orElse(Position.Shape.RECTANGLE),
                fields.optionalInteger("rotation", 0, Position.FULL_TURN - 1).orElse(0));
        fields.refuseOthers();
        return position;
    }

    private static Optional<Duration> buffer(Fields fields) {
        return fields.optionalDuration("turnBuffer", Duration.ZERO, LONGEST_BUFFER);
    }

    private static Combination combination(Fields fields) {
        Combination combination = new Combination(
                fields.array("tables", 20, table -> table.text(40)),
                fields.integer("minCovers", 1, MAX_COVERS),
                fields.integer("maxCovers", 1, MAX_COVERS));
        fields.refuseOthers();
        return combination;
    }

    private static SpecialDay specialDay(Fields fields) {
        SpecialDay special = new SpecialDay(
                fields.date("date"),
                fields.optionalBool("closed").orElse(false),
                fields.array("servicePeriods", 50, period -> PeriodJson.read(period.fields())));
        fields.refuseOthers();
        return special;
    }

    private static Season season(Fields fields) {
        Season season = new Season(
                fields.date("firstDate"),
                fields.date("lastDate"),
                fields.optionalBool("yearly").orElse(false),
                fields.optionalBool("closed").orElse(false),
                fields.array("servicePeriods", 50, period -> PeriodJson.read(period.fields())));
        fields.refuseOthers();
        return season;
    }

    private static Schedule schedule(Fields fields) {
        Schedule schedule = new Schedule(
                fields.date("from"), fields.array("servicePeriods", 50, period -> PeriodJson.read(period.fields())));
        fields.refuseOthers();
        return schedule;
    }

    private static BookingWindow window(Fields fields) {
        BookingWindow window = new BookingWindow(
                fields.integer("maxDaysAhead", 0, 365),
                fields.duration("minNotice", Duration.ZERO, Duration.ofDays(30)),
                fields.optionalTime("sameDayCutoff"));
        fields.refuseOthers();
        return window;
    }

    private static GuestChanges guestChanges(Fields fields) {
        Map<GuestChanges.Action, Duration> notice = new EnumMap<>(GuestChanges.Action.class);
        for (GuestChanges.Action action : GuestChanges.Action.values()) {
            if (fields.has(action.label())) {
                notice.put(action, fields.duration(action.label(), Duration.ZERO, Duration.ofDays(365)));
            }
        }
        fields.refuseOthers();
        return new GuestChanges(notice);
    }

    /** The venue as the contract's {@code venue.v1} schema has it. */
    public static String write(Venue venue) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("venueId", venue.id().value())
                .put("version", venue.version())
                .put("name", venue.name())
                .put("timeZone", venue.timeZone().getId());
        venue.city().ifPresent(city -> json.put("city", city));
        venue.location()
                .ifPresent(at -> json.putObject("location").put("lat", at.lat()).put("lon", at.lon()));
        ArrayNode cuisines = json.putArray("cuisines");
        venue.cuisines().forEach(cuisines::add);
        ArrayNode tables = json.putArray("tables");
        venue.tables().forEach(table -> writeTable(table, tables.addObject()));
        ArrayNode combinations = json.putArray("combinations");
        venue.combinations().forEach(combination -> writeCombination(combination, combinations.addObject()));
        PeriodJson.write(venue.servicePeriods(), json.putArray("servicePeriods"));
        ArrayNode specialDays = json.putArray("specialDays");
        venue.specialDays().forEach(special -> {
            ObjectNode node = specialDays.addObject();
            node.put("date", special.date().toString()).put("closed", special.closed());
            PeriodJson.write(special.servicePeriods(), node.putArray("servicePeriods"));
        });
        ObjectNode window = json.putObject("bookingWindow")
                .put("maxDaysAhead", venue.bookingWindow().maxDaysAhead())
                .put("minNotice", venue.bookingWindow().minNotice().toString());
        venue.bookingWindow().sameDayCutoff().ifPresent(cutoff -> window.put("sameDayCutoff", cutoff.toString()));
        ObjectNode guestChanges = json.putObject("guestChanges");
        venue.guestChanges().notice().forEach((action, notice) -> guestChanges.put(action.label(), notice.toString()));
        writeChanges(venue, json);
        if (venue.sameGuest() != SameGuest.ALLOW) {
            json.put("sameGuest", venue.sameGuest().label());
        }
        venue.group().ifPresent(group -> json.put("group", group));
        if (!venue.turnBuffer().isZero()) {
            json.put("turnBuffer", venue.turnBuffer().toString());
        }
        venue.phone().ifPresent(phone -> json.put("phone", phone));
        return json.toString();
    }

    /** What many venues have none of is left out, so that their documents stay as they were. */
    private static void writeChanges(Venue venue, ObjectNode json) {
        ArrayNode seasons = venue.seasons().isEmpty() ? MAPPER.createArrayNode() : json.putArray("seasons");
        venue.seasons().forEach(season -> {
            ObjectNode node = seasons.addObject();
            node.put("firstDate", season.firstDate().toString())
                    .put("lastDate", season.lastDate().toString())
                    .put("yearly", season.yearly())
                    .put("closed", season.closed());
            PeriodJson.write(season.servicePeriods(), node.putArray("servicePeriods"));
        });
        ArrayNode schedules = venue.schedules().isEmpty() ? MAPPER.createArrayNode() : json.putArray("schedules");
        venue.schedules().forEach(schedule -> {
            ObjectNode node = schedules.addObject();
            node.put("from", schedule.from().toString());
            PeriodJson.write(schedule.servicePeriods(), node.putArray("servicePeriods"));
        });
    }

    private static void writeTable(Table table, ObjectNode json) {
        json.put("id", table.id()).put("minCovers", table.minCovers()).put("maxCovers", table.maxCovers());
        table.area().ifPresent(area -> json.put("area", area));
        table.position()
                .ifPresent(at -> json.putObject("position")
                        .put("x", at.x())
                        .put("y", at.y())
                        .put("width", at.width())
                        .put("height", at.height())
                        .put("shape", at.shape().label())
                        .put("rotation", at.rotation()));
        table.turnBuffer().ifPresent(buffer -> json.put("turnBuffer", buffer.toString()));
    }

    private static void writeCombination(Combination combination, ObjectNode json) {
        ArrayNode tables = json.putArray("tables");
        combination.tables().forEach(tables::add);
        json.put("minCovers", combination.minCovers()).put("maxCovers", combination.maxCovers());
    }
}

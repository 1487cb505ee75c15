package io.lasttable.booking.reservation;

import io.lasttable.booking.contact.Country;
import io.lasttable.booking.contact.Email;
import io.lasttable.booking.contact.Phone;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Limit;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads what callers send of reservations, strictly. */
public final class ReservationJson {

    static final int LARGEST_PARTY = 500;
    static final int NOTE_LENGTH = 1000;
    private static final int EMAIL_LENGTH = 254;
    private static final int PHONE_LENGTH = 60;
    private static final int DEFAULT_TTL = 300;
    private static final int LONGEST_TTL = 900;

    private ReservationJson() {}

    /** A booking; a walk-in needs neither date, time nor guest. */
    static BookingOrder booking(String body, Optional<Country> country) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        boolean walkIn = fields.optionalText("channel", 60)
                .filter(BookingOrder.WALK_IN::equals)
                .isPresent();
        Optional<Guest> guest = fields.object("guest").map(who -> guest(who, country));
        if (guest.isEmpty() && !walkIn) {
            fields.refuse("guest", "is required");
        }
        boolean holdAlternative = fields.optionalBool("holdAlternative").orElse(false);
        return order(fields, mistakes, walkIn, guest, Optional.empty(), holdAlternative);
    }

    /** A hold: as a booking, but without guest. */
    static BookingOrder hold(String body) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        if (fields.optionalText("channel", 60)
                .filter(BookingOrder.WALK_IN::equals)
                .isPresent()) {
            fields.refuse("channel", "a walk-in is seated at once: book it");
        }
        int ttl = fields.optionalInteger("ttlSeconds", 1, LONGEST_TTL).orElse(DEFAULT_TTL);
        boolean holdAlternative = fields.optionalBool("holdAlternative").orElse(false);
        return order(fields, mistakes, false, Optional.empty(), Optional.of(Duration.ofSeconds(ttl)), holdAlternative);
    }

    private static BookingOrder order(
            Fields fields,
            Mistakes mistakes,
            boolean walkIn,
            Optional<Guest> guest,
            Optional<Duration> hold,
            boolean holdAlternative) {
        BookingOrder order = new BookingOrder(
                walkIn && !fields.has("date") ? Optional.empty() : Optional.of(fields.date("date")),
                walkIn && !fields.has("time") ? Optional.empty() : Optional.of(fields.time("time")),
                fields.integer("partySize", 1, LARGEST_PARTY),
                fields.optionalText("area", 60),
                fields.array("tables", 20, table -> table.text(40)),
                guest,
                fields.optionalText("note", NOTE_LENGTH),
                fields.optionalText("channel", 60),
                hold,
                holdAlternative,
                LabelsJson.read(fields),
                overrides(fields),
                fields.optionalInstant("endsAt"));
        if (order.endsAt().isPresent() && !order.overrides().contains(Limit.LENGTH)) {
            fields.refuse("endsAt", "needs \"override\": [\"length\"]");
        }
        fields.refuseOthers();
        return checked(mistakes, order);
    }

    /** The limits that staff override, each by its name. */
    static Set<Limit> overrides(Fields fields) {
        Set<Limit> overrides = EnumSet.noneOf(Limit.class);
        List<Optional<Limit>> named = fields.array("override", Limit.values().length, element -> {
            Optional<Limit> limit = Limit.ofLabel(element.text(20));
            if (limit.isEmpty()) {
                element.mistakes().add(element.pointer(), "must be one of " + Limit.labels());
            }
            return limit;
        });
        named.forEach(limit -> limit.ifPresent(overrides::add));
        return overrides;
    }

    /** The guest of a confirmation; absent when the body is empty. */
    static Optional<Guest> confirmation(String body, Optional<Country> country) {
        if (body == null || body.isBlank()) {
            return Optional.empty();
        }
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        Optional<Guest> guest = fields.object("guest").map(who -> guest(who, country));
        fields.refuseOthers();
        return checked(mistakes, guest);
    }

    static <T> T checked(Mistakes mistakes, T read) {
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return read;
    }

    /** @param country in which numbers without one are dialled */
    public static Guest guest(Fields fields, Optional<Country> country) {
        Guest guest = new Guest(
                UUID.randomUUID(),
                Optional.of(fields.text("name", 200)),
                email(fields, "email"),
                phone(fields, "phone", country));
        fields.refuseOthers();
        return guest;
    }

    static Optional<String> email(Fields fields, String name) {
        return fields.optional(name, EMAIL_LENGTH, Email::parse, Email.RULE).map(Email::address);
    }

    static Optional<String> phone(Fields fields, String name, Optional<Country> country) {
        return fields.optional(name, PHONE_LENGTH, text -> Phone.parse(text, country), Phone.RULE)
                .map(Phone::e164);
    }
}

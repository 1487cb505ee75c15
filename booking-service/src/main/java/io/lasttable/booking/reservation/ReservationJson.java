package io.lasttable.booking.reservation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reservations as JSON: what callers send, read strictly, and what they get. */
final class ReservationJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LARGEST_PARTY = 500;

    private ReservationJson() {}

    static Command.Book book(String body) throws JsonProcessingException {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(MAPPER.readTree(body), "", mistakes);
        Wish wish = new Wish(
                fields.date("date"),
                fields.time("time"),
                fields.integer("partySize", 1, LARGEST_PARTY),
                fields.optionalText("area", 60),
                fields.array("tables", 20, table -> table.text(40)),
                false);
        Optional<Guest> guest = fields.object("guest").map(ReservationJson::guest);
        if (guest.isEmpty()) {
            mistakes.add("/guest", "is required");
        }
        Command.Book book = new Command.Book(
                UUID.randomUUID(),
                wish,
                guest,
                fields.optionalText("note", 1000),
                fields.optionalText("channel", 60),
                Optional.empty());
        fields.refuseOthers();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return book;
    }

    private static Guest guest(Fields fields) {
        Guest guest = new Guest(
                UUID.randomUUID(),
                Optional.of(fields.text("name", 200)),
                fields.optionalText("email", 254),
                fields.optionalText("phone", 40));
        fields.refuseOthers();
        return guest;
    }

    static JsonObject write(Reservation r, String watchToken) {
        JsonObject json = new JsonObject()
                .put("id", r.id().toString())
                .put("venueId", r.venueId().value())
                .put("date", r.date().toString())
                .put("time", r.time().toString())
                .put("startsAt", r.startsAt().toString())
                .put("endsAt", r.endsAt().toString())
                .put("partySize", r.partySize())
                .put("tables", new JsonArray(List.copyOf(r.tables())));
        r.area().ifPresent(area -> json.put("area", area));
        json.put("status", r.status().label());
        r.guest().ifPresent(guest -> json.put("guest", write(guest)));
        r.note().ifPresent(note -> json.put("note", note));
        r.channel().ifPresent(channel -> json.put("channel", channel));
        json.put("version", r.version()).put("dayVersion", r.dayVersion()).put("watchToken", watchToken);
        r.expiresAt().ifPresent(at -> json.put("expiresAt", at.toString()));
        return json;
    }

    private static JsonObject write(Guest guest) {
        JsonObject json = new JsonObject();
        guest.name().ifPresent(name -> json.put("name", name));
        guest.email().ifPresent(email -> json.put("email", email));
        guest.phone().ifPresent(phone -> json.put("phone", phone));
        return json;
    }
}

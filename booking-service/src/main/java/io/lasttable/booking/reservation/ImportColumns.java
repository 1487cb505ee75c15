package io.lasttable.booking.reservation;

import io.lasttable.booking.problem.Problem;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the columns of a file mean, by their names: ours, and those that other systems and other languages use, whatever their
 * case, accents, spaces and signs.
 */
final class ImportColumns {

    enum Column {
        DATE("date", "reservationdate bookingdate visitdate servicedate day datum fecha data jour"),
        TIME("time", "reservationtime bookingtime visittime starttime start arrivaltime uhrzeit zeit heure hora ora"),
        DATE_TIME("dateTime", "dateandtime reservationdatetime visitdatetime startsat datumzeit"),
        PARTY_SIZE(
                "partySize",
                "party size covers guests pax persons people numberofguests noofguests guestcount partycount personen"
                        + " anzahlpersonen gaste couverts personnes nombredepersonnes personas comensales coperti persone"),
        NAME(
                "name",
                "guestname guest customer customername fullname contact contactname gast gastname client nomclient"),
        FIRST_NAME("firstName", "first givenname forename guestfirstname vorname prenom"),
        LAST_NAME("lastName", "last surname familyname guestlastname nachname nom apellidos cognome"),
        EMAIL("email", "emailaddress mail guestemail customeremail courriel correo"),
        PHONE(
                "phone",
                "phonenumber telephone telephonenumber tel mobile mobilenumber mobilephone cell guestphone"
                        + " customerphone telefon telefonnummer handy telefono"),
        TABLES(
                "tables",
                "table tableid tableids tablenumber tablenumbers tableno tisch tische tischnummer mesa tavolo"),
        AREA("area", "section room diningarea tablearea seatingarea bereich raum salle zona sala"),
        NOTE(
                "note",
                "notes comment comments request requests specialrequest specialrequests guestrequests visitnotes"
                        + " reservationnotes guestnotes bemerkung bemerkungen anmerkung notiz notizen commentaire commentaires"
                        + " notas"),
        CHANNEL("channel", "source origin bookingsource reservationsource quelle kanal"),
        EXTERNAL_ID(
                "externalId",
                "id reservationid bookingid resid reference ref bookingreference reservationnumber confirmation"
                        + " confirmationnumber confirmationcode confirmationid buchungsnummer"),
        STATUS("status", "state reservationstatus bookingstatus");

        private final String label;
        private final List<String> names;

        Column(String label, String others) {
            this.label = label;
            this.names = new ArrayList<>(List.of(bare(label)));
            boolean added = names.addAll(List.of(others.split(" +")));
            assert added;
        }

        String label() {
            return label;
        }

        private static Optional<Column> named(String header) {
            String bare = bare(header);
            return Arrays.stream(values())
                    .filter(column -> column.names.contains(bare))
                    .findFirst();
        }

        private static String bare(String name) {
            return Normalizer.normalize(name, Normalizer.Form.NFKD)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}]", "");
        }
    }

    private static final EnumSet<Column> OUR_OWN =
            EnumSet.complementOf(EnumSet.of(Column.DATE_TIME, Column.FIRST_NAME, Column.LAST_NAME, Column.STATUS));

    private final Map<Column, List<Integer>> places = new EnumMap<>(Column.class);
    private final List<String> unknown = new ArrayList<>();
    private final int width;

    private ImportColumns(int width) {
        this.width = width;
    }

    /**
     * Reads a header line; throws when it lacks what is needed, or says one thing twice.
     *
     * @param ignoreUnknown whether columns that mean nothing here are left out instead
     */
    static ImportColumns of(List<String> header, boolean ignoreUnknown) {
        ImportColumns columns = new ImportColumns(header.size());
        for (int i = 0; i < header.size(); i++) {
            int place = i;
            String name = header.get(i).strip();
            Column.named(name).ifPresentOrElse(column -> columns.add(column, place), () -> columns.addUnknown(name));
        }
        columns.check(header, ignoreUnknown);
        return columns;
    }

    /** How many columns of such a header mean something. */
    static long known(List<String> header) {
        return header.stream().filter(name -> Column.named(name).isPresent()).count();
    }

    int width() {
        return width;
    }

    boolean has(Column column) {
        return places.containsKey(column);
    }

    /** Where in a line it stands; a note may stand in several places. */
    List<Integer> places(Column column) {
        return places.getOrDefault(column, List.of());
    }

    /** Columns that were left out. */
    List<String> ignored() {
        return List.copyOf(unknown);
    }

    private void add(Column column, int place) {
        boolean added =
                places.computeIfAbsent(column, none -> new ArrayList<>()).add(place);
        assert added;
    }

    private void addUnknown(String name) {
        if (!name.isEmpty()) {
            boolean added = unknown.add(name);
            assert added;
        }
    }

    private void check(List<String> header, boolean ignoreUnknown) {
        places.forEach((column, at) -> {
            if (at.size() > 1 && column != Column.NOTE) {
                throw Problem.invalid(
                        "",
                        "the columns " + at.stream().map(header::get).collect(Collectors.joining(" and "))
                                + " both mean " + column.label() + ": keep one of them");
            }
        });
        require(has(Column.DATE) && has(Column.TIME) || has(Column.DATE_TIME), "date and time");
        require(has(Column.PARTY_SIZE), "partySize");
        require(has(Column.NAME) || has(Column.FIRST_NAME) || has(Column.LAST_NAME), "name");
        if (!unknown.isEmpty() && !ignoreUnknown) {
            throw Problem.invalid(
                    "",
                    "unknown in the header line: " + String.join(", ", unknown) + "; known are "
                            + OUR_OWN.stream().map(Column::label).collect(Collectors.joining(", "))
                            + ": rename or remove them, or send ?unknownColumns=ignore");
        }
    }

    private static void require(boolean there, String column) {
        if (!there) {
            throw Problem.invalid("", "the header line lacks the column " + column);
        }
    }
}

package io.lasttable.booking.reservation;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.booking.BookingWorld;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.ImportLines.Line;
import io.lasttable.booking.reservation.ImportLines.Mistaken;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueJson;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as other programs write them. */
class ImportLinesTest {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Venue VENUE = VenueJson.read(
            new VenueId("chez-nous"),
            BookingWorld.venueJson("T1", "T2", "Table 1", "Table 12", "Stammtisch \\\"Eck\\\""));

    private final List<Line> lines = new ArrayList<>();
    private final List<Mistaken> mistaken = new ArrayList<>();
    private List<String> ignored = List.of();

    @Test
    void excelsCsvUtf8HasAByteOrderMark() {
        read("\ufeffdate,time,partySize,name\r\n2026-11-28,19:00,2,Zoë\r\n".getBytes(UTF_8));
        assertThat(names()).containsExactly("Zoë");
    }

    @Test
    void germanExcelWritesSemicolonsDatesWithDotsAndWindows1252() {
        read("Datum;Uhrzeit;Personen;Name;Telefon;Bemerkung\r\n28.11.2026;19:00:00;2;Jürgen Groß;030/123456;Fenster\r\n"
                .getBytes(WINDOWS));
        assertThat(mistaken).isEmpty();
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.order().date()).contains(LocalDate.of(2026, 11, 28));
            assertThat(line.order().time()).contains(LocalTime.of(19, 0));
            assertThat(line.order().partySize()).isEqualTo(2);
            assertThat(line.order().guest().flatMap(Guest::name)).contains("Jürgen Groß");
            assertThat(line.order().note()).contains("Fenster");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void excelsUnicodeTextIsUtf16WithTabs(boolean littleEndian) {
        String text = "\ufeffDate\tTime\tCovers\tGuest name\r\n2026-11-28\t7:00 PM\t2\t山田太郎\r\n";
        read(text.getBytes(littleEndian ? UTF_16LE : UTF_16BE));
        assertThat(names()).containsExactly("山田太郎");
        assertThat(lines.get(0).order().time()).contains(LocalTime.of(19, 0));
        lines.clear();
        read(text.substring(1).getBytes(littleEndian ? UTF_16LE : UTF_16BE));
        assertThat(names()).containsExactly("山田太郎");
    }

    @Test
    void numbersEndsLinesWithLineFeedsAndQuotesWhatHasLineBreaks() {
        read(
                "Date;Time;Party Size;Name;Notes\n2026-11-28;19:00;2;Ada;\"window\r\nquiet\rplease\"\n2026-11-29;19:00;2;Bo;\n");
        assertThat(lines.get(0).order().note()).contains("window\nquiet\nplease");
        assertThat(lines).extracting(Line::number).containsExactly(2L, 5L);
    }

    @Test
    void anExportOfAReservationBookIsReadByItsOwnNames() {
        String csv = "Visit Date,Visit Time,Party Size,Guest First Name,Guest Last Name,Phone Number,Email Address,"
                + "Table Number,Guest Requests,Visit Notes,Status,Source,Server\r\n"
                + "2026-11-28,7:30:00 PM,4,Ada,Lovelace,+33 1 23 45 67 89,ada@example.org,T1,Window,VIP,Booked,Web,Tom\r\n"
                + "2026-11-28,19h45,4,Bo,Li,,,,,,Cancelled,Web,Tom\r\n";
        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("unknown in the header line: Server")
                .hasMessageContaining("unknownColumns=ignore");
        read(csv.getBytes(UTF_8), true);
        assertThat(ignored).containsExactly("Server");
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.order().guest().flatMap(Guest::name)).contains("Ada Lovelace");
            assertThat(line.order().guest().flatMap(Guest::phone)).contains("+33123456789");
            assertThat(line.order().tables()).containsExactly("T1");
            assertThat(line.order().note()).contains("Window\nVIP");
            assertThat(line.order().channel()).contains("Web");
            assertThat(line.order().time()).contains(LocalTime.of(19, 30));
        });
        assertThat(mistaken).singleElement().satisfies(line -> {
            assertThat(line.number()).isEqualTo(3);
            assertThat(line.detail()).contains("leave out");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date,Time,Party size,Name",
                "DATE,TIME,PARTYSIZE,NAME",
                "\"date\",\"time\",\"party_size\",\"name\"",
                " date , time , party-size , name ",
                "Réservation date|Heure|Nombre de personnes|Prénom",
                "Visit Date\tArrival Time\t# Guests\tCustomer Name",
                "\r\nDate;Time;Covers;Name",
                "sep=;\r\nDatum;Zeit;Gäste;Gast",
                "Fecha;Hora;Comensales;Name"
            })
    void aHeaderIsReadInManySpellings(String header) {
        char delimiter = header.contains("\t") ? '\t' : header.contains("|") ? '|' : header.contains(";") ? ';' : ',';
        read((header + "\r\n2026-11-28,19:00,2,Ada\r\n".replace(',', delimiter)).getBytes(UTF_8), true);
        assertThat(names()).containsExactly("Ada");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            19:00|19:00
            19:00:00|19:00
            19:00:00.000|19:00
            9:30|09:30
            19.00|19:00
            19.00 Uhr|19:00
            19h00|19:00
            7:00 PM|19:00
            7:00:00 pm|19:00
            7:00\u202fPM|19:00
            07:00 a.m.|07:00
            12:00 AM|00:00
            12:30 PM|12:30
            """, delimiter = '|')
    void aTimeIsReadAsSpreadsheetsShowIt(String written, String time) {
        assertThat(ImportValues.time(written)).contains(LocalTime.parse(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"19:00:30", "25:00", "7 PM", "13:00 PM", "0:00 PM", "0.79166667", "evening", "19:60", ""})
    void aTimeThatIsNoneIsLeftForTheReport(String written) {
        assertThat(ImportValues.time(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28,2026-11-28",
        "2026/11/28,2026-11-28",
        "2026-11-28 00:00:00,2026-11-28",
        "2026-11-28T00:00,2026-11-28",
        "28.11.2026,2026-11-28",
        "8.1.2027,2027-01-08"
    })
    void aDateIsReadWhereItIsNotInDoubt(String written, String date) {
        assertThat(ImportValues.date(written)).contains(LocalDate.parse(date));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03/04/2026", "28-11-2026", "2026-02-30", "46354", "tomorrow", ""})
    void aDateInDoubtIsNotGuessed(String written) {
        assertThat(ImportValues.date(written)).isEmpty();
    }

    @Test
    void aDateInDoubtIsExplained() {
        read("date,time,partySize,name\n03/04/2026,19:00,2,Ada\n");
        assertThat(mistaken).singleElement().satisfies(line -> {
            assertThat(line.date()).isEmpty();
            assertThat(line.detail()).contains("write it as 2026-11-28").contains("03/04/2026");
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            T1 T2~T1/T2
            T1, T2~T1/T2
            T1+T2~T1/T2
            Table 1~Table 1
            Table 12~Table 12
            Table 1 Table 12~Table 1/Table 12
            Table 12; T1~Table 12/T1
            "Table 1" "T2"~Table 1/T2
            Stammtisch "Eck"~Stammtisch "Eck"
            T1 Terrasse 4~T1/Terrasse/4
            """, delimiter = '~', quoteCharacter = '\'')
    void tablesWithSpacesInTheirIdsCanBeNamed(String cell, String tables) {
        List<String> ids = VENUE.tables().stream().map(table -> table.id()).toList();
        assertThat(String.join("/", ImportValues.tables(cell, ids))).isEqualTo(tables);
    }

    @Test
    void whatSpreadsheetsPutAroundValuesIsTakenOff() {
        read("date,time,partySize,name,phone\n=\"2026-11-28\",19:00,2.0,\u00a0Ada\u200b,'+33 1 23 45 67 89\n,,,,\n"
                + "2026-11-28,19:00,2,Bo,123456789,,,\n2026-11-28,19:00,2,Cy\n");
        assertThat(mistaken).isEmpty();
        assertThat(names()).containsExactly("Ada", "Bo", "Cy");
        assertThat(lines.get(0).order().guest().flatMap(Guest::phone)).contains("+33123456789");
        assertThat(lines.get(1).order().guest().flatMap(Guest::phone)).contains("+33123456789");
    }

    @Test
    void aLineThatCannotBeReadSaysWhatToDo() {
        read("date,time,partySize,name,phone\n2026-11-28,19:00,two,Ada,\n2026-11-28,19:00,2,Lovelace,Ada,x,y\n"
                + "2026-11-28,19:00,2,\u200b,\n2026-11-28,19:00,2,Ada,3.31235E+10\n");
        assertThat(mistaken).extracting(Mistaken::number).containsExactly(2L, 3L, 4L, 5L);
        assertThat(mistaken.get(0).detail()).contains("/partySize must be an integer");
        assertThat(mistaken.get(1).detail()).contains("put quotes around");
        assertThat(mistaken.get(2).detail()).contains("/guest/name");
        assertThat(mistaken.get(3).detail()).contains("/guest/phone");
    }

    @Test
    void twoColumnsThatMeanTheSameAreRefused() {
        assertThatThrownBy(() -> read("date,time,partySize,name,phone,mobile\n"))
                .hasMessageContaining("phone and mobile both mean phone");
        assertThatThrownBy(() -> read("date,time,name\n")).hasMessageContaining("lacks the column partySize");
    }

    @Test
    void theSameLineHasTheSameTextHoweverItIsWritten() {
        read("date,time,partySize,name,phone\n2026-11-28,19:00,2,Ada,+33123456789\n");
        read("Name;Datum;Uhrzeit;Personen;Tel\n\"Ada\";28.11.2026;19:00:00;2;01 23 45 67 89\n");
        assertThat(lines.get(0).text()).isEqualTo(lines.get(1).text());
    }

    @Test
    void aCharsetThatIsSaidIsUsed() {
        byte[] latin = "date,time,partySize,name\n2026-11-28,19:00,2,Zoë\n".getBytes(WINDOWS);
        assertThat(ImportText.of(latin, Optional.of("iso-8859-1"))).contains("Zoë");
        assertThat(ImportText.of(latin, Optional.empty())).contains("Zoë");
        byte[] marked = "\ufeffdate,name\n,Zoë".getBytes(UTF_8);
        assertThat(ImportText.of(marked, Optional.of("iso-8859-1"))).isEqualTo("date,name\n,Zoë");
        assertThatThrownBy(() -> ImportText.of(latin, Optional.of("utf-8"))).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> ImportText.of(latin, Optional.of("klingon"))).isInstanceOf(Problem.class);
    }

    private List<String> names() {
        assertThat(mistaken).isEmpty();
        return lines.stream()
                .flatMap(line -> line.order().guest().flatMap(Guest::name).stream())
                .toList();
    }

    private void read(String csv) {
        read(csv.getBytes(UTF_8));
    }

    private void read(byte[] file) {
        read(file, false);
    }

    private void read(byte[] file, boolean ignoreUnknown) {
        ignored = new ImportLines(VENUE, lines::add, mistaken::add)
                .read(ImportText.of(file, Optional.empty()), ignoreUnknown);
    }
}

package io.lasttable.booking.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            Europe/Paris        | 01 23 45 67 89            | +33123456789
            Europe/Paris        | +33 1 23 45 67 89         | +33123456789
            Europe/Paris        | +33 (0)1 23 45 67 89      | +33123456789
            Europe/Paris        | 0033 1 23 45 67 89        | +33123456789
            Europe/Paris        | 01.23.45.67.89            | +33123456789
            Europe/Paris        | 123456789                 | +33123456789
            Europe/Paris        | 33123456789               | +33123456789
            Europe/Paris        | 06-12-34-56-78            | +33612345678
            Europe/London       | 020 7946 0000             | +442079460000
            Europe/London       | +44 (0)20 7946 0000       | +442079460000
            Europe/London       | 07700 900123              | +447700900123
            Europe/London       | +33 1 23 45 67 89         | +33123456789
            Europe/Berlin       | 030/123456                | +4930123456
            Europe/Berlin       | +49 (0)30 / 12 34 56      | +4930123456
            Europe/Berlin       | 0151 23456789             | +4915123456789
            Europe/Vienna       | 01 5880 5880              | +43158805880
            Europe/Zurich       | 044 668 18 00             | +41446681800
            Europe/Rome         | 06 6982 1234              | +390669821234
            Europe/Rome         | +39 06 6982 1234          | +390669821234
            Europe/Madrid       | 912 345 678               | +34912345678
            Europe/Oslo         | 22 12 34 56               | +4722123456
            Europe/Copenhagen   | 33 12 34 56               | +4533123456
            Europe/Kyiv         | 044 123 4567              | +380441234567
            Europe/Kiev         | 044 123 4567              | +380441234567
            America/New_York    | (212) 555-0123            | +12125550123
            America/New_York    | 212.555.0123              | +12125550123
            America/New_York    | 1-212-555-0123            | +12125550123
            America/New_York    | 011 33 1 23 45 67 89      | +33123456789
            America/New_York    | 0033 1 23 45 67 89        | +33123456789
            US/Pacific          | (415) 555-2671            | +14155552671
            America/Sao_Paulo   | (11) 91234-5678           | +5511912345678
            America/Mexico_City | 55 1234 5678              | +525512345678
            Asia/Tokyo          | 03-1234-5678              | +81312345678
            Asia/Kolkata        | 098765 43210              | +919876543210
            Asia/Calcutta       | 98765 43210               | +919876543210
            Asia/Singapore      | 6123 4567                 | +6561234567
            Asia/Dubai          | 050 123 4567              | +971501234567
            Australia/Sydney    | (02) 9374 4000            | +61293744000
            Pacific/Auckland    | 09 123 4567               | +6491234567
            UTC                 | +44 20 7946 0000          | +442079460000
            UTC                 | 0044 20 7946 0000         | +442079460000
            """, delimiter = '|')
    void aNumberIsOneHoweverItIsDialled(String zone, String written, String e164) {
        assertThat(Phone.parse(written, Country.ofZone(zone))).contains(new Phone(e164));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+33\u00a01\u00a023\u00a045\u00a067\u00a089",
                "+33\u202f1\u202f23\u202f45\u202f67\u202f89",
                "+33 1\u201323\u201345\u201367\u201389",
                "+33 1\u201123\u201145\u201167\u201189",
                "+33 1\u221223\u221245\u221267\u221289",
                "\u202a+33 1 23 45 67 89\u202c",
                "\u200e+33 1 23 45 67 89\u200e",
                "\ufeff+33123456789",
                "\u2066+33 1 23 45 67 89\u2069",
                "+33\u00ad1\u200b23456789",
                "\uff0b\uff13\uff13\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
                "+\u0663\u0663\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
                "  +33 1 23 45 67 89\n",
                "+33\u00b71\u00b723\u00b745\u00b767\u00b789"
            })
    void whatIsPastedWithItIsNoPartOfANumber(String pasted) {
        assertThat(Phone.parse(pasted, Optional.empty())).contains(new Phone("+33123456789"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call me",
                "",
                "+",
                "12",
                "+33",
                "+33 1 23",
                "+33 1 23 45 67 89 01 23 45",
                "+999 123456",
                "555-0123",
                "+1 212 555 0123 ext. 5",
                "1-800-FLOWERS",
                "3.31235E+10",
                "+33 1 23 45 67 89, +33 1 23 45 67 80"
            })
    void whatIsNoNumberIsNone(String text) {
        assertThat(Phone.parse(text, Country.ofZone("America/New_York"))).isEmpty();
    }

    @Test
    void aNumberWithoutCountryIsNoneWhereNobodyKnowsTheCountry() {
        assertThat(Phone.parse("01 23 45 67 89", Country.ofZone("UTC"))).isEmpty();
        assertThat(Phone.parse("01 23 45 67 89", Country.ofZone("Etc/GMT+1"))).isEmpty();
    }

    @Test
    void nearlyEveryZoneOfThisJdkHasACountry() {
        List<String> without = ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> Country.ofZone(zone).isEmpty())
                .filter(zone -> !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
                .sorted()
                .toList();
        assertThat(without)
                .containsExactlyInAnyOrder(
                        "CET",
                        "CST6CDT",
                        "EET",
                        "EST5EDT",
                        "GMT",
                        "GMT0",
                        "Greenwich",
                        "MET",
                        "MST7MDT",
                        "PST8PDT",
                        "UCT",
                        "UTC",
                        "Universal",
                        "WET",
                        "Zulu");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+33123456789",
                "01 23 45 67 89",
                "+33 (0)1 23 45 67 89",
                "0033 1 23 45 67 89",
                "01-23-45-67-89",
                "33 1 23 45 67 89",
                "\u202a+33\u00a01 23 45 67 89\u202c"
            })
    void aNumberOfBeforeIsFoundHoweverItWasStored(String stored) {
        Optional<Country> france = Country.ofZone("Europe/Paris");
        for (String asked : List.of("+33 1 23 45 67 89", "0033123456789", "+33 (0)1.23.45.67.89")) {
            SoughtPhone sought = SoughtPhone.of(asked).orElseThrow();
            assertThat(sought.isNational()).isFalse();
            assertThat(sought.spellings(Set.of())).contains(Phone.digits(stored));
            assertThat(sought.isWrittenAs(stored, france)).isTrue();
        }
        SoughtPhone national = SoughtPhone.of("01 23 45 67 89").orElseThrow();
        assertThat(national.isNational()).isTrue();
        assertThat(national.spellings(france.stream().toList())).contains(Phone.digits(stored));
        assertThat(national.isWrittenAs(stored, france)).isTrue();
    }

    @Test
    void theSameDigitsInAnotherCountryAreAnotherNumber() {
        SoughtPhone sought = SoughtPhone.of("+33 1 23 45 67 89").orElseThrow();
        assertThat(sought.isWrittenAs("01 23 45 67 89", Country.ofZone("Europe/Berlin")))
                .isFalse();
        assertThat(sought.isWrittenAs("+49123456789", Country.ofZone("Europe/Berlin")))
                .isFalse();
    }
}

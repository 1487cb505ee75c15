package io.lasttable.notify.socket;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFrameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "1",
                "'watch'",
                "{",
                "{}",
                "{} {}",
                "{'op':'unwatch'}",
                "{'ref':'a'}",
                "{'op':1,'ref':'a'}",
                "{'op':'unwatch','ref':1}",
                "{'op':'unwatch','ref':null}",
                "{'op':'unwatch','ref':''}",
                "{'op':'unwatch','ref':'a\\u0000'}",
                "{'op':'unwatch','ref':'a\\ud800'}",
                "{'op':'unwatch','ref':'\\udc00a'}",
                "{'op':'unwatch','ref':['a']}",
                "{'op':'unwatch','ref':{'a':1}}",
                "{'op':'dance','ref':'a'}",
                "{'op':'WATCH','ref':'a'}",
                "{'op':'unwatch','ref':'a','extra':1}",
                "{'op':'unwatch','ref':'a','ref':'a'}",
                "{'op':'watch','ref':'a','venueId':'v'}",
                "{'op':'watch','ref':'a','venueId':1,'date':'2026-11-28'}",
                "{'op':'watch','ref':'a','venueId':'v','date':20261128}",
                "{'op':'watch','ref':'a','venueId':'v','date':'2026-11-28','version':-1}",
                "{'op':'watch','ref':'a','venueId':'v','date':'2026-11-28','version':1.0}",
                "{'op':'watch','ref':'a','venueId':'v','date':'2026-11-28','version':'1'}",
                "{'op':'watch','ref':'a','venueId':'v','date':'2026-11-28','version':99999999999999999999}",
                "{'op':'watch','ref':'a','venueId':'v','date':'2026-11-28','confirm':'yes'}",
                "{'op':'watch','ref':'a','venueId':'v','date':'2026-11-28','token':'t'}",
                "{'op':'watchReservation','ref':'r'}",
                "{'op':'watchReservation','ref':'r','token':1}",
                "{'op':'watchVenue','ref':'v'}",
                "{'op':'watchVenue','ref':'v','venueId':'v','date':'2026-11-28'}",
                "{'op':'unwatch','ref':'a',}",
                "{op:'unwatch','ref':'a'}",
                "{'op':'unwatch','ref':'a'} // done"
            })
    void whatIsNotOfTheProtocolIsBad(String frame) {
        assertThat(ClientFrames.parse(frame.replace('\'', '"'))).isInstanceOf(ClientFrame.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "2026-11-8", "tomorrow", "+12026-01-01", ""})
    void aDateThatIsNoneIsRefusedAndTheConnectionStays(String date) {
        String frame = "{\"op\":\"watch\",\"ref\":\"a\",\"venueId\":\"v\",\"date\":\"" + date + "\"}";
        assertThat(ClientFrames.parse(frame)).isInstanceOf(ClientFrame.Refused.class);
    }

    @Test
    void aRefHasUpTo64Characters() {
        String frame = "{\"op\":\"unwatch\",\"ref\":\"%s\"}";
        assertThat(ClientFrames.parse(frame.formatted("r".repeat(64)))).isInstanceOf(ClientFrame.Unwatch.class);
        assertThat(ClientFrames.parse(frame.formatted("r".repeat(65)))).isInstanceOf(ClientFrame.Bad.class);
    }

    @Test
    void aRefMayBeInAnyLanguage() {
        assertThat(ClientFrames.parse("{\"op\":\"unwatch\",\"ref\":\"стол \\ud83c\\udf7d\"}"))
                .isEqualTo(new ClientFrame.Unwatch("стол 🍽"));
    }

    @Property(tries = 500)
    void noTextMakesTheParserFail(@ForAll String text) {
        assertThat(ClientFrames.parse(text)).isNotNull();
    }
}

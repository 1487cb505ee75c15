package io.lasttable.booking.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            ada@example.org                       | ada@example.org
            <a@b.co>                              | a@b.co
            Ada Lovelace <ada@example.org>        | ada@example.org
            "Lovelace, Ada" <ada@example.org>     | ada@example.org
            <mailto:ada@example.org>              | ada@example.org
            ada+table@example.org                 | ada+table@example.org
            o'hara@example.ie                     | o'hara@example.ie
            da..me.@docomo.ne.jp                  | da..me.@docomo.ne.jp
            ada@müller.de                         | ada@müller.de
            josé@example.org                      | josé@example.org
            用户@例え.jp                            | 用户@例え.jp
            ada@localhost                         | ada@localhost
            """, delimiter = '|', quoteCharacter = '~')
    void anAddressIsReadAsPeopleCopyIt(String written, String address) {
        assertThat(Email.parse(written)).contains(new Email(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200bada@example.org",
                "ada@example.org\u00a0",
                "\ufeffada@example.org",
                "ada\u200b@example.org",
                "\u202aada@example.org\u202c",
                " ada@example.org\n"
            })
    void whatIsPastedWithItIsNoPartOfAnAddress(String pasted) {
        assertThat(Email.parse(pasted)).contains(new Email("ada@example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "ada@@example.org",
                "ada@.org",
                "ada@example..org",
                "ada lovelace@example.org",
                "ada@example.org, bob@example.org",
                "ada@example.org;bob@example.org",
                "<ada@example.org> <bob@example.org>",
                "<>",
                "Ada <ada>"
            })
    void whatIsNoAddressIsNone(String text) {
        assertThat(Email.parse(text)).isEmpty();
    }

    @Test
    void anAddressHasOneKeyHoweverItIsWritten() {
        String composed = "José@Müller.DE";
        assertThat(Stream.of(
                        composed,
                        Normalizer.normalize(composed, Normalizer.Form.NFD),
                        "JOSÉ@MÜLLER.de",
                        "josé@xn--mller-kva.de",
                        "José <JOSÉ@XN--MLLER-KVA.DE>",
                        "josé@müller\u3002de"))
                .allSatisfy(written ->
                        assertThat(Email.parse(written).orElseThrow().key()).isEqualTo("josé@xn--mller-kva.de"));
        assertThat(new Email("ΟΔΥΣΣΕΥΣ@example.gr").key()).isEqualTo(new Email("οδυσσευς@example.gr").key());
        assertThat(new Email("jose@müller.de").key()).isNotEqualTo(new Email("josé@müller.de").key());
    }

    @Test
    void anAddressOfBeforeIsFoundInEachOfItsForms() {
        assertThat(new Email("josé@müller.de").spellings())
                .contains(
                        "josé@müller.de",
                        Normalizer.normalize("josé@müller.de", Normalizer.Form.NFD),
                        "josé@xn--mller-kva.de");
        assertThat(new Email("josé@xn--mller-kva.de").spellings()).contains("josé@müller.de");
    }
}

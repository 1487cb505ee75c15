package io.lasttable.booking.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every problem has words. */
class WordsTest {

    @Test
    void everyTypeHasATitleInEveryLanguageAndSaysWhatItMeans() {
        List<String> lacking = Stream.of("de", "fr", "es")
                .flatMap(language -> Stream.of(Problem.Type.values())
                        .filter(type -> Words.in(language).title(type).equals(type.title()))
                        .map(type -> language + " " + type))
                .toList();
        assertThat(lacking).isEmpty();
        assertThat(Problem.Type.values())
                .allSatisfy(
                        type -> assertThat(Words.in(null).about(type.label())).isPresent());
    }

    @Test
    void aDetailWithoutWordsIsInEnglishAndSaidToBe() {
        Problem problem = Problem.invalid("/partySize", "must be an integer");
        assertThat(problem.document(Words.in("de")))
                .containsEntry("title", "Die Anfrage ist nicht gültig")
                .containsEntry("detail", "/partySize must be an integer");
        assertThat(Words.in("de").languages(problem)).isEqualTo("de, en");
        assertThat(Words.in("en-GB").languages(problem)).isEqualTo("en");
    }

    /** Who reads {@code status} as a number finds one. */
    @Test
    void noMemberTakesANameOfRfc9457() {
        for (String name : List.of("type", "title", "status", "detail", "instance")) {
            assertThatThrownBy(() ->
                            Problem.of(Problem.Type.ILLEGAL_TRANSITION, "x").with(name, "held"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

package io.lasttable.booking.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every problem has words. */
class WordsTest {

    @Test
    void everyTypeHasATitleInEveryLanguageAndSaysWhatItMeans() {
        List<String> lacking = Stream.of("de", "fr", "es", "ar")
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
    void whatIsSaidInOneLanguageIsSaidInAll() {
        ResourceBundle german = ResourceBundle.getBundle(Words.class.getName(), Locale.GERMAN);
        for (String language : List.of("fr", "es", "ar")) {
            ResourceBundle words = ResourceBundle.getBundle(Words.class.getName(), Locale.forLanguageTag(language));
            assertThat(words.getLocale().getLanguage()).isEqualTo(language);
            assertThat(words.keySet()).as(language).isEqualTo(german.keySet());
        }
    }

    @Test
    void whoReadsArabicIsToldInIt() {
        Problem problem = Problem.of(Problem.Type.RATE_LIMITED, "Too many requests");
        assertThat(problem.document(Words.in("ar-EG, en;q=0.5")))
                .containsEntry("title", "طلبات كثيرة جدًا")
                .containsEntry("detail", "انتظر قليلًا ثم حاول مرة أخرى.");
        assertThat(Words.in("ar-EG, en;q=0.5").languages(problem)).isEqualTo("ar");
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

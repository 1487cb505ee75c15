package io.lasttable.booking.problem;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What problems are called in a language. Titles there are of every type; details of those that a guest may come to see, without the
 * particulars, which the document's members have. Whatever has no words here is in English, as it is thrown.
 */
final class Words {

    private static final Words ENGLISH = new Words(Locale.ENGLISH);

    private static final Map<Locale, Words> LANGUAGES = List.of(
                    Locale.ENGLISH,
                    Locale.GERMAN,
                    Locale.FRENCH,
                    Locale.forLanguageTag("es"),
                    Locale.forLanguageTag("ar"))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Words::new));

    /** Longer than anybody's list of languages. */
    private static final int MOST = 200;

    private final Locale language;
    private final ResourceBundle words;

    private Words(Locale language) {
        this.language = language;
        this.words = ResourceBundle.getBundle(
                Words.class.getName(),
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** In the best of the languages that the header names (RFC 4647, section 3.4); English without one, and when none of them is spoken. */
    static Words in(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > MOST) {
            return ENGLISH;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES.keySet());
            return best == null ? ENGLISH : LANGUAGES.get(best);
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }

    String title(Problem.Type type) {
        return word(type.label()).orElse(type.title());
    }

    String detail(Problem problem) {
        return translated(problem).orElse(problem.getMessage());
    }

    /** For Content-Language: a detail without words here is in English. */
    String languages(Problem problem) {
        return isEnglish() || translated(problem).isPresent() ? tag() : tag() + ", en";
    }

    /** What the type means, for whoever looks it up. */
    Optional<String> about(String type) {
        return word(type + ".about");
    }

    String tag() {
        return language.getLanguage();
    }

    private boolean isEnglish() {
        return this == ENGLISH || language.equals(Locale.ENGLISH);
    }

    private Optional<String> translated(Problem problem) {
        String type = problem.type().label();
        return problem.reason().flatMap(reason -> word(type + "." + reason)).or(() -> word(type + ".detail"));
    }

    private Optional<String> word(String key) {
        return words.containsKey(key) ? Optional.of(words.getString(key)) : Optional.empty();
    }
}

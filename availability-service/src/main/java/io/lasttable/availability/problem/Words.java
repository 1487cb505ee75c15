package io.lasttable.availability.problem;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Titles of problems, and details that a guest may come to see, in the caller's language; English is what they are written in. */
final class Words {

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
            return LANGUAGES.get(Locale.ENGLISH);
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES.keySet());
            return LANGUAGES.get(best == null ? Locale.ENGLISH : best);
        } catch (IllegalArgumentException e) {
            return LANGUAGES.get(Locale.ENGLISH);
        }
    }

    ProblemDocument translated(ProblemDocument english) {
        String name = name(english);
        return new ProblemDocument(
                english.type(),
                word(name).orElse(english.title()),
                english.status(),
                word(name + ".detail").orElse(english.detail()),
                english.errors(),
                english.venueId(),
                english.date());
    }

    /** For Content-Language: a detail without words here is in English. */
    String languages(ProblemDocument problem) {
        boolean isWhole = language.equals(Locale.ENGLISH)
                || word(name(problem) + ".detail").isPresent();
        return isWhole ? language.getLanguage() : language.getLanguage() + ", en";
    }

    private static String name(ProblemDocument problem) {
        return problem.type().replaceFirst("^/problems/", "");
    }

    private Optional<String> word(String key) {
        return words.containsKey(key) ? Optional.of(words.getString(key)) : Optional.empty();
    }
}

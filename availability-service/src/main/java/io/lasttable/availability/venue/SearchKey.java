package io.lasttable.availability.venue;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The form in which names of cities and cuisines are compared: without case, accents and surplus spaces. */
public record SearchKey(String value) {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    public static SearchKey of(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return new SearchKey(SPACES.matcher(bare.strip()).replaceAll(" ").toLowerCase(Locale.ROOT));
    }
}

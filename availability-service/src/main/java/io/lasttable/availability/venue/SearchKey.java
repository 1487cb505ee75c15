package io.lasttable.availability.venue;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The form in which names of cities and cuisines are compared: without case, accents and surplus spaces. */
public record SearchKey(String value) {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final int LONGEST = 200;
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /**
     * @throws IllegalArgumentException for texts that no name can be: empty, with control characters, with bytes that were no
     *     UTF-8, above 200 characters
     */
    public static SearchKey parse(String text) {
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(SearchKey::isNoText)) {
            throw new IllegalArgumentException("no name");
        }
        return of(text);
    }

    /** Decoding leaves U+FFFD where bytes stood for no character. */
    private static boolean isNoText(int c) {
        return Character.isISOControl(c) || c == '\ufffd';
    }

    public static SearchKey of(String text) {
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return new SearchKey(SPACES.matcher(bare.strip()).replaceAll(" ").toLowerCase(Locale.ROOT));
    }
}

package io.lasttable.booking.json;

import java.util.Optional;
import java.util.Set;

/** What a string must be to be kept, and shown again as it was sent. */
public final class Text {

    /** Letters and symbols by their category that show nothing: Hangul fillers, the Braille blank. */
    private static final Set<Integer> BLANK = Set.of(0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0);

    private Text() {}

    /** What is wrong with a text; empty when nothing is. Line feeds are allowed. */
    public static Optional<String> mistake(String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            return Optional.of("must have 1 to " + maxLength + " characters");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            return Optional.of("must not contain control characters");
        }
        if (text.codePoints().anyMatch(Text::isLoneSurrogate)) {
            return Optional.of("must be valid Unicode");
        }
        return text.codePoints().anyMatch(Text::isVisible)
                ? Optional.empty()
                : Optional.of("must have characters that can be seen");
    }

    private static boolean isLoneSurrogate(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK -> false;
            default -> !BLANK.contains(c);
        };
    }

    /** Without format characters (marks of direction, zero-width spaces) inside, and without spaces of any width around. */
    public static String withoutMarks(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .map(c -> Character.isSpaceChar(c) || Character.isWhitespace(c) ? ' ' : c)
                .forEach(kept::appendCodePoint);
        return kept.toString().strip();
    }
}

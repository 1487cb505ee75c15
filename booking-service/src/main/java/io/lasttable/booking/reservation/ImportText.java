package io.lasttable.booking.reservation;

import io.lasttable.booking.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text of a file as spreadsheets write it: UTF-8 with or without a byte order mark, UTF-16 ("Unicode text"), or, when it is
 * neither and nobody has said that it is UTF-8, Windows-1252, which is what "CSV" means to Excel in the West.
 */
final class ImportText {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final char MARK = '\ufeff';

    private ImportText() {}

    /** @param declared the charset of the Content-Type, if it names one; a byte order mark in the file knows better */
    static String of(byte[] file, Optional<String> declared) {
        String text = marked(file)
                .or(() -> declared.map(ImportText::known))
                .or(() -> unmarkedUtf16(file))
                .map(charset -> decoded(file, charset)
                        .orElseThrow(() -> Problem.invalid("", "is not in the charset " + charset.name())))
                .or(() -> decoded(file, StandardCharsets.UTF_8))
                .or(() -> decoded(file, WINDOWS))
                .orElseThrow(() -> Problem.invalid("", "is in no encoding that is known here: save it as CSV UTF-8"));
        return text.indexOf(MARK) == 0 ? text.substring(1) : text;
    }

    /** Latin-1 is what people call Windows-1252. */
    private static Charset known(String name) {
        try {
            Charset charset = Charset.forName(name.replace("\"", ""));
            return charset.equals(StandardCharsets.ISO_8859_1) ? WINDOWS : charset;
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("/header/Content-Type", "names a charset that is not known here");
        }
    }

    /** The encoding whose byte order mark is at the beginning. */
    private static Optional<Charset> marked(byte[] file) {
        return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
                .filter(charset -> startsWith(file, String.valueOf(MARK).getBytes(charset)))
                .findFirst();
    }

    private static boolean startsWith(byte[] file, byte[] mark) {
        return file.length >= mark.length && Arrays.equals(file, 0, mark.length, mark, 0, mark.length);
    }

    /** Known by the zero beside the first letter. */
    private static Optional<Charset> unmarkedUtf16(byte[] file) {
        if (file.length < 2 || (file[0] == 0) == (file[1] == 0)) {
            return Optional.empty();
        }
        return Optional.of(file[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
    }

    private static Optional<String> decoded(byte[] file, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

package io.lasttable.booking.contact;

import io.lasttable.booking.json.Text;
import java.net.IDN;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that mail could be sent to; whether anybody reads it is not known.
 *
 * @param address as it was written, in Unicode's composed form (NFC), without name, brackets and invisible marks
 */
public record Email(String address) {

    /** What a caller who is refused should send. */
    public static final String RULE = "must be one e-mail address such as ada@example.com";

    private static final char SIGMA = '\u03c3';
    private static final char FINAL_SIGMA = '\u03c2';
    private static final Pattern NAMED = Pattern.compile("[^<>]*<(?:mailto:)?([^<>]+)>");
    private static final Pattern FORM = Pattern.compile("[^\\s@<>,;]{1,64}@[^\\s@.<>,;]+(\\.[^\\s@.<>,;]+)*");

    /** An address alone, or as mail programs copy it: {@code Ada Lovelace <ada@example.com>}. */
    public static Optional<Email> parse(String text) {
        String plain = Normalizer.normalize(Text.withoutMarks(text), Normalizer.Form.NFC);
        Matcher named = NAMED.matcher(plain);
        String address = named.matches() ? named.group(1).strip() : plain;
        return FORM.matcher(address).matches() && ascii(domain(address)).isPresent()
                ? Optional.of(new Email(address))
                : Optional.empty();
    }

    /**
     * The same for every way to write the address: case, composed or decomposed letters, a domain in letters or in Punycode
     * (RFC 3492).
     */
    public String key() {
        return lower(local(address)) + "@" + ascii(domain(address)).orElseGet(() -> lower(domain(address)));
    }

    /** Ways to write it that were once stored as they came, in lower case and as they are. */
    public Set<String> spellings() {
        Set<String> spellings = new LinkedHashSet<>();
        String punycode = ascii(domain(address)).orElse(domain(address));
        for (String domain : new String[] {domain(address), punycode, IDN.toUnicode(punycode)}) {
            for (Normalizer.Form form : Normalizer.Form.values()) {
                String spelling = Normalizer.normalize(local(address) + "@" + domain, form);
                add(spellings, spelling);
                add(spellings, lower(spelling));
                add(spellings, spelling.toLowerCase(Locale.ROOT));
            }
        }
        return spellings;
    }

    private static void add(Set<String> spellings, String spelling) {
        boolean added = spellings.add(spelling);
        assert added || spellings.contains(spelling);
    }

    private static String local(String address) {
        return address.substring(0, address.indexOf('@'));
    }

    private static String domain(String address) {
        return address.substring(address.indexOf('@') + 1);
    }

    private static Optional<String> ascii(String domain) {
        try {
            return Optional.of(lower(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Letter by letter: a sigma is the same wherever it stands. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .map(c -> c == FINAL_SIGMA ? SIGMA : Character.toLowerCase(c))
                .forEach(lower::appendCodePoint);
        return lower.toString();
    }
}

package io.lasttable.booking.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.lasttable.booking.json.Text;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A telephone number of the right length for its country; whether it is in use is not known.
 *
 * @param e164 as in {@code +33123456789} (ITU-T E.164)
 */
public record Phone(String e164) {

    /** What a caller who is refused should send. */
    public static final String RULE =
            "must be a telephone number such as +33 1 23 45 67 89, with its area code and without an"
                    + " extension; without + it is read as dialled in the country of the venue's time zone";

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String NOWHERE = "ZZ";
    private static final Pattern FORM = Pattern.compile("\\+?[0-9 ()./-]{4,}");
    private static final Pattern DASHES = Pattern.compile("[\\p{Pd}\\u2212\\u2043\\u00b7\\u2022]");

    /**
     * A number as people write and paste it: any spaces, dashes, dots, brackets and invisible marks, {@code 00} for
     * {@code +}, a trunk prefix in brackets.
     *
     * @param where a number without country is dialled; absent when nobody knows
     */
    public static Optional<Phone> parse(String text, Optional<Country> where) {
        String plain = plain(text);
        if (!FORM.matcher(plain).matches()) {
            return Optional.empty();
        }
        return read(plain, where.map(Country::code).orElse(NOWHERE))
                .or(() -> plain.startsWith("00") ? read("+" + plain.substring(2), NOWHERE) : Optional.empty());
    }

    /** As it is dialled from anywhere: with {@code +} in front. */
    static boolean isInternational(String text) {
        return plain(text).startsWith("+");
    }

    static String digits(String text) {
        return plain(text).replaceAll("[^0-9]", "");
    }

    /** The digits of ways to write it that people use and that were once stored as they came. */
    Set<String> spellings() {
        PhoneNumber number = number(e164, NOWHERE).orElseThrow();
        String country = Integer.toString(number.getCountryCode());
        String own = NUMBERS.getNationalSignificantNumber(number);
        Set<String> spellings = new LinkedHashSet<>();
        for (String spelling : new String[] {
            country + own,
            "00" + country + own,
            "011" + country + own,
            country + "0" + own,
            "00" + country + "0" + own,
            own,
            digits(NUMBERS.format(number, PhoneNumberFormat.NATIONAL))
        }) {
            boolean added = spellings.add(spelling);
            assert added || !spellings.isEmpty();
        }
        return spellings;
    }

    private static Optional<Phone> read(String plain, String region) {
        return number(plain, region)
                .filter(number -> NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE)
                .map(number -> new Phone(NUMBERS.format(number, PhoneNumberFormat.E164)));
    }

    private static Optional<PhoneNumber> number(String plain, String region) {
        try {
            return Optional.of(NUMBERS.parse(plain, region));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** Any digits as ASCII, any dash as a hyphen, nothing that cannot be seen. */
    private static String plain(String text) {
        String compatible = Normalizer.normalize(Text.withoutMarks(text), Normalizer.Form.NFKC);
        StringBuilder plain = new StringBuilder();
        DASHES.matcher(compatible)
                .replaceAll("-")
                .codePoints()
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}

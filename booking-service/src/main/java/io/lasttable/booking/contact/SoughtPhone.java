package io.lasttable.booking.contact;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A number that somebody is looked for by. Written with its country it is one number; without, it is at each venue the one that
 * is dialled like that there.
 */
public final class SoughtPhone {

    /** What a caller who is refused should send. */
    public static final String RULE = "must be a telephone number such as +33 1 23 45 67 89";

    private final String written;

    private SoughtPhone(String written) {
        this.written = written;
    }

    /** Empty for what is no number anywhere. */
    public static Optional<SoughtPhone> of(String text) {
        String digits = Phone.digits(text);
        boolean readable = Phone.isInternational(text)
                ? Phone.parse(text, Optional.empty()).isPresent()
                : digits.length() >= 4 && digits.length() <= 20;
        return readable ? Optional.of(new SoughtPhone(text)) : Optional.empty();
    }

    /** Whether it is another number in another country. */
    public boolean isNational() {
        return Phone.parse(written, Optional.empty()).isEmpty();
    }

    /** The number that it is there. */
    public Optional<Phone> in(Optional<Country> where) {
        return Phone.parse(written, where);
    }

    /** Digits under which it may be stored; with others among them, which {@link #isWrittenAs} tells apart. */
    public Set<String> spellings(Collection<Country> countries) {
        Set<String> spellings = new LinkedHashSet<>(Set.of(Phone.digits(written)));
        in(Optional.empty()).ifPresent(phone -> addAll(spellings, phone));
        countries.forEach(country -> in(Optional.of(country)).ifPresent(phone -> addAll(spellings, phone)));
        return spellings;
    }

    private static void addAll(Set<String> spellings, Phone phone) {
        boolean added = spellings.addAll(phone.spellings());
        assert added || !spellings.isEmpty();
    }

    /** Whether what a guest of a venue there has given is this number. */
    public boolean isWrittenAs(String stored, Optional<Country> where) {
        Optional<Phone> own = Phone.parse(stored, where);
        return own.isPresent() && own.equals(in(where)) || Phone.digits(stored).equals(Phone.digits(written));
    }
}

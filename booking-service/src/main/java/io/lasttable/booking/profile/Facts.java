package io.lasttable.booking.profile;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of a guest.
 *
 * @param contacts by which they are known to be the same
 */
record Facts(List<String> tags, Optional<String> allergies, Optional<String> notes, Set<Contact> contacts) {

    static final int MOST_TAGS = 20;
    static final int TAG_LENGTH = 40;
    static final int TEXT_LENGTH = 2_000;
    static final int MOST_CONTACTS = 10;

    Facts {
        tags = List.copyOf(tags);
        contacts = Set.copyOf(contacts);
    }

    /** Of two who are one guest: the tags of both, this one's first, and the texts of both, one below the other. */
    Facts with(Facts other) {
        return new Facts(
                both(tags, other.tags).stream().toList(),
                joined(allergies, other.allergies),
                joined(notes, other.notes),
                both(contacts, other.contacts));
    }

    /** What of it is more than may be kept; empty when nothing is. */
    Optional<String> excess() {
        return Stream.of(
                        tags.size() > MOST_TAGS ? "more than " + MOST_TAGS + " tags" : "",
                        isTooLong(allergies) || isTooLong(notes)
                                ? "more than " + TEXT_LENGTH + " characters of allergies or notes"
                                : "",
                        contacts.size() > MOST_CONTACTS ? "more than " + MOST_CONTACTS + " contacts" : "")
                .filter(what -> !what.isEmpty())
                .findFirst();
    }

    private static boolean isTooLong(Optional<String> text) {
        return text.filter(written -> written.length() > TEXT_LENGTH).isPresent();
    }

    private static <T> Set<T> both(Collection<T> own, Collection<T> others) {
        Set<T> both = new LinkedHashSet<>(own);
        boolean grew = both.addAll(others);
        assert grew || both.containsAll(others);
        return both;
    }

    private static Optional<String> joined(Optional<String> own, Optional<String> others) {
        return own.equals(others)
                ? own
                : Stream.concat(own.stream(), others.stream()).reduce((one, two) -> one + "\n" + two);
    }

    @Override
    public String toString() {
        return "Facts";
    }
}

package io.lasttable.booking.profile;

import io.lasttable.booking.contact.Country;
import io.lasttable.booking.contact.Email;
import io.lasttable.booking.contact.Phone;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Reads what callers send of profiles. Personal data is in bodies alone, so that no address or log has it. */
final class ProfileJson {

    private static final int EMAIL_LENGTH = 254;
    private static final int PHONE_LENGTH = 60;

    private ProfileJson() {}

    /** At which venue somebody is looked for, or made known; the rest is read once it is known where that is. */
    static VenueId venue(String body) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        Optional<VenueId> venue = fields.optional(
                "venueId",
                63,
                id -> VenueId.isValid(id) ? Optional.of(new VenueId(id)) : Optional.empty(),
                "must be the id of a venue");
        if (mistakes.isEmpty() && venue.isEmpty()) {
            mistakes.add("/venueId", "is required");
        }
        return read(mistakes, venue).orElseThrow();
    }

    /** By what a guest is looked for: one address or number, or both. */
    static Set<Contact> sought(String body, Optional<Country> where) {
        Mistakes mistakes = new Mistakes();
        Fields fields = fields(body, mistakes);
        Set<Contact> contacts = new LinkedHashSet<>();
        fields.optional("email", EMAIL_LENGTH, Contact::email, Email.RULE).ifPresent(contacts::add);
        fields.optional("phone", PHONE_LENGTH, text -> Contact.phone(text, where), Phone.RULE)
                .ifPresent(contacts::add);
        fields.refuseOthers();
        if (mistakes.isEmpty() && contacts.isEmpty()) {
            mistakes.add("", "must have email, phone or both");
        }
        return read(mistakes, contacts);
    }

    static Facts made(String body, Optional<Country> where) {
        Mistakes mistakes = new Mistakes();
        Fields fields = fields(body, mistakes);
        Facts facts = new Facts(
                tags(fields),
                fields.optionalText("allergies", Facts.TEXT_LENGTH),
                fields.optionalText("notes", Facts.TEXT_LENGTH),
                contacts(fields, where));
        fields.refuseOthers();
        return checked(mistakes, facts);
    }

    /** A merge patch (RFC 7396): arrays are replaced whole. */
    static UnaryOperator<Facts> patch(String body, Optional<Country> where) {
        return before -> {
            Mistakes mistakes = new Mistakes();
            Fields fields = new Fields(JsonBody.read(body), "", mistakes);
            Set<Contact> contacts = new LinkedHashSet<>();
            before.contacts().stream()
                    .filter(contact -> !names(fields, contact.kind() == Contact.Kind.EMAIL ? "emails" : "phones"))
                    .forEach(contacts::add);
            contacts.addAll(contacts(fields, where));
            List<String> tags = tags(fields);
            Facts facts = new Facts(
                    names(fields, "tags") ? tags : before.tags(),
                    text(fields, "allergies", before.allergies()),
                    text(fields, "notes", before.notes()),
                    contacts);
            fields.refuseOthers();
            return checked(mistakes, facts);
        };
    }

    /** Which other profile is the same guest. */
    static UUID other(String body) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        Optional<UUID> other = fields.optional("other", 36, ProfileJson::uuid, "must be the id of a profile");
        if (mistakes.isEmpty() && other.isEmpty()) {
            mistakes.add("/other", "is required");
        }
        fields.refuseOthers();
        return read(mistakes, other).orElseThrow();
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Fields fields(String body, Mistakes mistakes) {
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        String known = fields.text("venueId", 63);
        assert known != null;
        return fields;
    }

    /** Whether it is there, null or not. */
    private static boolean names(Fields fields, String name) {
        return fields.has(name) || fields.isNull(name);
    }

    private static Optional<String> text(Fields fields, String name, Optional<String> before) {
        Optional<String> now = fields.optionalText(name, Facts.TEXT_LENGTH);
        return names(fields, name) ? now : before;
    }

    private static List<String> tags(Fields fields) {
        return fields.array("tags", Facts.MOST_TAGS, tag -> tag.text(Facts.TAG_LENGTH)).stream()
                .map(String::strip)
                .distinct()
                .toList();
    }

    private static Set<Contact> contacts(Fields fields, Optional<Country> where) {
        Set<Contact> contacts = new LinkedHashSet<>();
        add(contacts, fields, "emails", EMAIL_LENGTH, Contact::email, Email.RULE);
        add(contacts, fields, "phones", PHONE_LENGTH, text -> Contact.phone(text, where), Phone.RULE);
        return contacts;
    }

    private static void add(
            Set<Contact> contacts,
            Fields fields,
            String name,
            int length,
            Function<String, Optional<Contact>> read,
            String rule) {
        List<Optional<Contact>> all = fields.array(name, Facts.MOST_CONTACTS, element -> {
            String text = element.text(length);
            Optional<Contact> contact = text.isEmpty() ? Optional.empty() : read.apply(text);
            if (!text.isEmpty() && contact.isEmpty()) {
                element.mistakes().add(element.pointer(), rule);
            }
            return contact;
        });
        all.forEach(contact -> contact.ifPresent(contacts::add));
    }

    private static Facts checked(Mistakes mistakes, Facts facts) {
        if (mistakes.isEmpty() && facts.contacts().isEmpty()) {
            mistakes.add("", "must have an address in emails or a number in phones, by which the guest is found");
        }
        facts.excess().ifPresent(what -> mistakes.add("", "would have " + what));
        return read(mistakes, facts);
    }

    private static <T> T read(Mistakes mistakes, T value) {
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return value;
    }
}

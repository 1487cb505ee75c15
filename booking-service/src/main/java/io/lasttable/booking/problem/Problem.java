package io.lasttable.booking.problem;

import io.lasttable.booking.json.Mistakes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An error as the caller sees it (RFC 9457), thrown where it is found and written as JSON in {@link ProblemMappers}.
 * {@code detail} tells the caller what to do; it never carries personal data.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Every kind of problem with its HTTP status and title; {@code type} is {@code /problems/<name>}. */
    public enum Type {
        VALIDATION_ERROR(400, "The request is not valid"),
        UNAUTHORIZED(401, "A valid bearer token is needed"),
        FORBIDDEN(403, "The token does not allow this"),
        UNKNOWN_VENUE(404, "No such venue"),
        UNKNOWN_RESERVATION(404, "No such reservation"),
        UNKNOWN_WAITLIST_ENTRY(404, "No such waitlist entry"),
        UNKNOWN_PUBLISHABLE_KEY(404, "No such publishable key"),
        UNKNOWN_BLOCK(404, "No such block"),
        UNKNOWN_CALENDAR_LINK(404, "No such calendar address"),
        UNKNOWN_GUEST_PROFILE(404, "No such guest profile"),
        UNKNOWN_WEBHOOK(404, "No such webhook"),
        UNKNOWN_DELIVERY(404, "No such delivery"),
        NOT_FOUND(404, "No such resource"),
        METHOD_NOT_ALLOWED(405, "The resource does not take this method"),
        NOT_ACCEPTABLE(406, "The answer has another media type"),
        SLOT_TAKEN(409, "The slot has been taken"),
        EXTERNAL_ID_TAKEN(409, "The venue has something under this externalId already"),
        SAME_GUEST(409, "The guest is to come at that time already"),
        ILLEGAL_TRANSITION(409, "The reservation's status does not allow this"),
        GUEST_CHANGES_CLOSED(409, "The house does not let guests change this now"),
        WAITLIST_FULL(409, "The day's waitlist is full"),
        VENUE_HAS_RESERVATIONS(409, "The change would strand reservations"),
        TOO_MANY_PUBLISHABLE_KEYS(409, "There are as many publishable keys as may be"),
        TOO_MANY_BLOCKS(409, "There are as many blocks as may be"),
        TOO_MANY_CALENDAR_LINKS(409, "There are as many calendar addresses as may be"),
        GUEST_PROFILE_EXISTS(409, "Another profile has this contact"),
        TOO_MANY_WEBHOOKS(409, "There are as many webhooks as may be"),
        SECRETS_IN_USE(409, "Two secrets are in use"),
        CURSOR_EXPIRED(410, "The cursor is older than what the feed keeps"),
        IDEMPOTENCY_KEY_IN_USE(409, "A request with this Idempotency-Key is still running"),
        HOLD_EXPIRED(410, "The hold has expired and its table is gone"),
        VERSION_MISMATCH(412, "It has changed since you read it"),
        TOO_LARGE(413, "The request body is too large"),
        UNSUPPORTED_MEDIA_TYPE(415, "The body has another media type"),
        NOT_BOOKABLE(422, "This cannot be booked"),
        PAST_CUTOFF(422, "Bookings for this day have closed"),
        IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request"),
        PRECONDITION_REQUIRED(428, "If-Match is needed"),
        RATE_LIMITED(429, "Too many requests"),
        INTERNAL_ERROR(500, "Something went wrong on our side"),
        OVERLOADED(503, "Not able to answer now");

        private final int status;
        private final String title;

        Type(int status, String title) {
            this.status = status;
            this.title = title;
        }

        public int status() {
            return status;
        }

        String title() {
            return title;
        }

        /** The last part of {@link #uri}. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** As a reference that is resolved against the request's address; a page is there. */
        public String uri() {
            return "/problems/" + label();
        }
    }

    /** Those of RFC 9457 itself, which mean what they mean there. */
    private static final Set<String> TAKEN = Set.of("type", "title", "status", "detail", "instance");

    private final Type type;
    private transient OptionalLong retryAfter = OptionalLong.empty();
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    private Problem(Type type, String detail) {
        super(detail, null, false, false);
        this.type = type;
    }

    public static Problem of(Type type, String detail) {
        return new Problem(type, detail);
    }

    public static Problem invalid(String pointer, String detail) {
        Mistakes mistakes = new Mistakes();
        mistakes.add(pointer, detail);
        return invalid(mistakes);
    }

    public static Problem invalid(Mistakes mistakes) {
        List<Mistakes.Mistake> found = mistakes.found();
        return of(
                        Type.VALIDATION_ERROR,
                        found.get(0).pointer() + " " + found.get(0).detail())
                .with("errors", found);
    }

    /** Says more in a member of its own. */
    public Problem with(String member, Object value) {
        if (TAKEN.contains(member)) {
            throw new IllegalArgumentException(member + " is a member of RFC 9457's own");
        }
        members.put(member, value);
        return this;
    }

    /** Asks the caller to come back in so many seconds. */
    public Problem retryAfter(long seconds) {
        retryAfter = OptionalLong.of(seconds);
        return this;
    }

    public Type type() {
        return type;
    }

    OptionalLong retryAfter() {
        return retryAfter;
    }

    /** What tells one detail from another of the same type. */
    Optional<String> reason() {
        return Optional.ofNullable(members.getOrDefault("reason", members.get("cause")))
                .map(Object::toString);
    }

    /** The problem document's members in the order of RFC 9457, extensions last; in this language as far as there are words for it. */
    Map<String, Object> document(Words words) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", type.uri());
        document.put("title", words.title(type));
        document.put("status", type.status);
        document.put("detail", words.detail(this));
        document.putAll(members);
        return document;
    }
}

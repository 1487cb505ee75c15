package io.lasttable.booking.http;

import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What If-Match or If-None-Match names (RFC 9110, sections 8.8.3 and 13.1): a list of entity tags, or {@code *} for whatever there
 * is. A tag is the version, and what personal data has been erased from has a tag of its own, so that nobody who asks by the old one is
 * told that it may be kept.
 *
 * @param any whether it is {@code *}, or there is no header
 * @param versions of the strong tags; -1 stands for one that is none of ours
 */
public record EntityTags(boolean any, List<Long> versions) {

    private static final Pattern LIST =
            Pattern.compile("[ \\t,]*((W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*(,[ \\t,]*|$))+");
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final Pattern OURS = Pattern.compile("([0-9]{1,18})e?");
    private static final long NONE = -1;

    public EntityTags {
        versions = List.copyOf(versions);
    }

    /** Those of If-Match; a weak one matches nothing. Throws a {@link Problem} for what is no list of tags. */
    public static EntityTags ifMatch(String header) {
        if (header == null || header.isBlank() || header.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        if (!LIST.matcher(header).matches()) {
            throw Problem.invalid("/header/If-Match", "must be ETags as they were read, such as \"3\", or *");
        }
        List<Long> versions = new ArrayList<>();
        for (Matcher tag = TAG.matcher(header); tag.find(); ) {
            Matcher ours = OURS.matcher(tag.group(2));
            versions.add(tag.group(1) == null && ours.matches() ? Long.parseLong(ours.group(1)) : NONE);
        }
        return new EntityTags(false, versions);
    }

    /**
     * The one version that is to be there; empty for any. Of several it is the present one when that is among them.
     *
     * @param current the version as it was just read; one that changes before it is locked is a mismatch, and read again by the caller
     */
    public OptionalLong version(long current) {
        if (any) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(versions.size() > 1 && versions.contains(current) ? current : versions.get(0));
    }

    /**
     * As {@link #version(long)}, where {@code *} means the present version and the header may be missing.
     *
     * @param current reads it; a failure says that there is none
     */
    public static Uni<OptionalLong> version(String ifMatch, Supplier<Uni<Long>> current) {
        EntityTags tags = ifMatch(ifMatch);
        if (ifMatch == null || tags.versions().size() == 1) {
            return Uni.createFrom().item(() -> tags.version(NONE));
        }
        return current.get()
                .onFailure(Problem.class)
                .recoverWithItem(NONE)
                .map(found -> tags.any() ? OptionalLong.of(found) : tags.version(found));
    }

    /** The tag of what has this version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** The tag of what has this version, and has lost its personal data since. */
    public static String ofErased(long version) {
        return "\"" + version + "e\"";
    }

    /** The answer, or 304 when If-None-Match names its tag. Weak tags do, and what is no tag names nothing. */
    public static Response unlessKnown(String ifNoneMatch, Response answer) {
        String etag = answer.getHeaderString(HttpHeaders.ETAG);
        boolean known = ifNoneMatch != null
                && Stream.of(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(tag ->
                                tag.equals("*") || tag.replaceFirst("^W/", "").equals(etag));
        return known ? Response.notModified().header(HttpHeaders.ETAG, etag).build() : answer;
    }
}

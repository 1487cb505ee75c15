package io.lasttable.booking.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A calendar address as JSON.
 *
 * @param maker the subject of the token that made it
 * @param url relative to the API's; in the answer that makes it, and never again
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record LinkView(
        String id,
        String venueId,
        String name,
        Optional<String> area,
        boolean guestNames,
        String maker,
        String createdAt,
        Optional<String> url) {

    /** All of a venue's, who are few. */
    record Page(List<LinkView> items) {

        static Page of(List<CalendarLink> links) {
            return new Page(links.stream()
                    .map(link -> LinkView.of(link, Optional.empty()))
                    .toList());
        }
    }

    static LinkView of(CalendarLink link, Optional<Secret> secret) {
        return new LinkView(
                link.id.toString(),
                link.venueId,
                link.name,
                Optional.ofNullable(link.area),
                link.guestNames,
                link.maker,
                link.createdAt.toString(),
                secret.map(Secret::address));
    }
}

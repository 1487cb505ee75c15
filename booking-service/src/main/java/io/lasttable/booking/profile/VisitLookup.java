package io.lasttable.booking.profile;

import io.lasttable.booking.contact.Email;
import io.lasttable.booking.contact.SoughtPhone;
import io.lasttable.booking.daybook.GuestVisits;
import io.lasttable.booking.daybook.Sought;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What guests with the contacts of a profile have booked. */
@ApplicationScoped
class VisitLookup {

    private final Pool database;

    VisitLookup(Pool database) {
        this.database = database;
    }

    /** At these venues. */
    Uni<GuestVisits.Visits> of(Profile profile, List<String> venues) {
        String[] where = venues.toArray(String[]::new);
        return Multi.createFrom()
                .iterable(profile.facts().contacts())
                .onItem()
                .transformToUniAndConcatenate(this::sought)
                .collect()
                .asList()
                .chain(contacts -> GuestVisits.of(database, contacts, where));
    }

    private Uni<Sought> sought(Contact contact) {
        return contact.kind() == Contact.Kind.EMAIL
                ? Sought.of(database, Email.parse(contact.value()), Optional.empty(), Optional.empty())
                : Sought.of(database, Optional.empty(), SoughtPhone.of(contact.value()), Optional.empty());
    }
}

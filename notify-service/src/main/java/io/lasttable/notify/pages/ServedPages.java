package io.lasttable.notify.pages;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.web.PageSettings;
import io.lasttable.web.Pages;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;

/** Puts the pages and the widget of the module {@code web} at their versioned address. */
@ApplicationScoped
class ServedPages {

    private final NotifyConfig.Web web;

    ServedPages(NotifyConfig config) {
        this.web = config.web();
    }

    void register(@Observes Router router) {
        if (web.enabled()) {
            Optional<PageSettings.SignIn> signIn = web.issuer()
                    .map(issuer -> new PageSettings.SignIn(
                            issuer, web.clientId(), web.scope(), web.connect().orElse(List.of())));
            Pages.mount(router, Pages.VERSIONED, new PageSettings(signIn, Optional.empty()));
        }
    }
}

package io.lasttable.booking.limits;

import io.lasttable.edge.ClientAddress;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who a request counts for: who has a valid token by its subject, everybody else by address. */
@Singleton
public class Client {

    private final int proxies;
    private final Set<InetAddress> exempt;

    Client(LimitSettings settings) {
        proxies = settings.proxies();
        exempt = settings.exempt().stream().map(ClientAddress::parsed).collect(Collectors.toUnmodifiableSet());
    }

    /** Empty when the request is not limited. */
    public Optional<String> of(RoutingContext context) {
        return address(context.request()).map(address -> who(context).orElse(address));
    }

    /** The address alone, whoever a token says it is; empty when it is not limited. */
    public Optional<String> address(HttpServerRequest request) {
        InetAddress address = ClientAddress.of(request, proxies);
        return exempt.contains(address) ? Optional.empty() : Optional.of("address " + ClientAddress.network(address));
    }

    private static Optional<String> who(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous()
                ? Optional.of("client " + subject(user.getSecurityIdentity()))
                : Optional.empty();
    }

    private static String subject(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : identity.getPrincipal().getName();
    }
}

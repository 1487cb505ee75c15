package io.lasttable.notify.socket;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.access.Bearer;
import io.lasttable.notify.access.Bearers;
import io.lasttable.notify.access.Mistakes;
import io.lasttable.notify.access.Subprotocols;
import io.lasttable.notify.hub.Admission;
import io.lasttable.notify.hub.Admission.Refusal;
import io.lasttable.notify.hub.Hub;
import io.lasttable.notify.hub.Shard;
import io.lasttable.notify.wire.CloseCode;
import io.lasttable.notify.wire.Loop;
import io.lasttable.notify.wire.SocketReader;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Decides on an upgrade before it costs anything. A page cannot see the status of a refused upgrade, so a bad token is let
 * in and closed with the code that says so; where nobody may come in, or not now, the status is cheapest.
 */
@ApplicationScoped
class UpgradeCheck implements HttpUpgradeCheck {

    /**
     * What is known of a connection once it is open.
     *
     * @param bearer null without a token
     * @param refusal null, or why it is closed at once
     */
    record Admitted(SocketReader reader, Loop loop, String caller, Bearer bearer, CloseReason refusal) {}

    static final TypedKey<Admitted> ADMITTED = new TypedKey<>("admitted");

    private static final Logger LOG = Logger.getLogger(UpgradeCheck.class);
    private static final Duration LONGEST_VERIFICATION = Duration.ofSeconds(5);
    private static final String SUBPROTOCOL = "lasttable.v1";

    private final Admission admission;
    private final Hub hub;
    private final Bearers bearers;
    private final Mistakes mistakes;
    private final int mostMessageBytes;

    UpgradeCheck(Admission admission, Hub hub, Bearers bearers, Mistakes mistakes, NotifyConfig config) {
        this.mistakes = mistakes;
        this.admission = admission;
        this.hub = hub;
        this.bearers = bearers;
        this.mostMessageBytes = config.limits().messageBytes();
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
        HttpServerRequest request = upgrade.httpRequest();
        String caller = admission.caller(request);
        Optional<Refusal> refusal = admission.enter(request, caller);
        if (refusal.isPresent()) {
            return CheckResult.rejectUpgrade(refusal.get().status(), headers(refusal.get()));
        }
        Shard shard = hub.of(Loop.of(request));
        Executor here = Loop.sameContext();
        List<String> offered = Subprotocols.offered(request);
        CloseReason wrong =
                offered.contains(SUBPROTOCOL) ? null : CloseCode.POLICY.because("offer the subprotocol " + SUBPROTOCOL);
        return decide(upgrade, Bearers.sent(request, offered), wrong)
                .emitOn(task -> shard.pace(() -> here.execute(task)))
                .map(decision -> decision.get())
                .onItemOrFailure()
                .invoke((result, failure) -> {
                    if (failure != null || !result.isUpgradePermitted()) {
                        admission.left(caller);
                    }
                })
                .onCancellation()
                .invoke(() -> admission.left(caller));
    }

    /** What to do, without doing it: that is for the connection's own event loop. */
    private Uni<Supplier<CheckResult>> decide(HttpUpgradeContext upgrade, Optional<String> token, CloseReason refusal) {
        if (token.isEmpty()) {
            return Uni.createFrom().item(() -> () -> admit(upgrade, null, refusal));
        }
        return bearers.verify(token.get())
                .ifNoItem()
                .after(LONGEST_VERIFICATION)
                .fail()
                .<Supplier<CheckResult>>map(bearer -> () -> admit(upgrade, bearer, refusal))
                .onFailure(AuthenticationFailedException.class)
                .invoke(() -> mistakes.count(upgrade.httpRequest()))
                .onFailure(AuthenticationFailedException.class)
                .recoverWithItem(() -> () -> admit(upgrade, null, CloseCode.TOKEN.because("token invalid or expired")))
                .onFailure()
                .recoverWithItem(failure -> () -> unverifiable(failure));
    }

    private CheckResult admit(HttpUpgradeContext upgrade, Bearer bearer, CloseReason refusal) {
        HttpServerRequest request = upgrade.httpRequest();
        String caller = admission.caller(request);
        Optional<SocketReader> reader = SocketReader.listen(request, mostMessageBytes, () -> admission.left(caller));
        if (reader.isEmpty()) {
            return CheckResult.rejectUpgradeSync(503);
        }
        upgrade.userData().put(ADMITTED, new Admitted(reader.get(), Loop.of(request), caller, bearer, refusal));
        return CheckResult.permitUpgradeSync();
    }

    private static CheckResult unverifiable(Throwable failure) {
        LOG.warnf("A token could not be verified: %s", failure.getMessage());
        return CheckResult.rejectUpgradeSync(503, Map.of("Retry-After", List.of("5")));
    }

    private static Map<String, List<String>> headers(Refusal refusal) {
        return refusal.retryAfterSeconds() == 0
                ? Map.of()
                : Map.of("Retry-After", List.of(String.valueOf(refusal.retryAfterSeconds())));
    }
}

package io.lasttable.local.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CodeFlowTest {

    private static final String PAGE = "http://127.0.0.1:8080/web/v1/staff.html";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private Instant now = Instant.parse("2026-11-28T18:00:00Z");
    private final CodeFlow codes = new CodeFlow(() -> now);

    @Test
    void theChallengeIsTheOneOfRfc7636() {
        assertThat(CodeFlow.challenge(VERIFIER)).isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void aCodeIsGoodOnceForWhoKnowsItsVerifier() {
        String code = code();
        assertThat(codes.redeem(code, VERIFIER, PAGE)).contains("openid");
        assertThat(codes.redeem(code, VERIFIER, PAGE)).isEmpty();
        assertThat(codes.redeem(code(), "another", PAGE)).isEmpty();
        assertThat(codes.redeem(code(), VERIFIER, "http://127.0.0.1:8080/")).isEmpty();
        assertThat(codes.redeem("none", VERIFIER, PAGE)).isEmpty();
    }

    @Test
    void aCodeEndsAfterAMinute() {
        String code = code();
        now = now.plusSeconds(61);
        assertThat(codes.redeem(code, VERIFIER, PAGE)).isEmpty();
    }

    private String code() {
        return codes.code(CodeFlow.challenge(VERIFIER), PAGE, "openid");
    }
}

package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;

/**
 * Signing in to MSK with IAM works with what the services carry: the login module, the small HTTP client, and the token
 * file of IRSA. Nothing is asked of AWS: the first message is signed on this side alone.
 */
class MskIamTest {

    private static final String BROKER = "b-1.tables.abc123.c2.kafka.eu-central-1.amazonaws.com";

    @BeforeEach
    void credentials() {
        System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
        System.setProperty("aws.secretAccessKey", "not-a-real-key");
    }

    @AfterEach
    void noCredentials() {
        List.of("aws.accessKeyId", "aws.secretAccessKey").forEach(System::clearProperty);
    }

    @Test
    void theFirstMessageIsSignedForTheCluster() throws Exception {
        Container container = Chart.forEks().render().container(Service.NOTIFY);
        Map<String, String> variables = Environment.of(container);
        String mechanism = variables.get("KAFKA_SASL_MECHANISM");
        var jaas = JaasContext.loadClientContext(
                Map.of("sasl.jaas.config", new Password(variables.get("KAFKA_SASL_JAAS_CONFIG"))));
        Class<?> login = Class.forName(jaas.configurationEntries().get(0).getLoginModuleName());
        assertThat(login.getDeclaredConstructor().newInstance())
                .isInstanceOf(javax.security.auth.spi.LoginModule.class);

        var handler =
                (AuthenticateCallbackHandler) Class.forName(variables.get("KAFKA_SASL_CLIENT_CALLBACK_HANDLER_CLASS"))
                        .getDeclaredConstructor()
                        .newInstance();
        handler.configure(Map.of(), mechanism, jaas.configurationEntries());
        SaslClient client = Sasl.createSaslClient(new String[] {mechanism}, null, "kafka", BROKER, Map.of(), handler);

        String message = new String(client.evaluateChallenge(new byte[0]), StandardCharsets.UTF_8);
        assertThat(message)
                .contains("\"host\":\"" + BROKER + "\"")
                .contains("\"action\":\"kafka-cluster:Connect\"")
                .contains("/eu-central-1/kafka-cluster/aws4_request")
                .contains("x-amz-signature");
        handler.close();
    }

    /** IRSA: the provider finds STS and an HTTP client by reflection, so a missing jar would show only in the cluster. */
    @Test
    void theTokenFileOfIrsaIsExchangedWithTheJarsThatAreThere() {
        var provider = WebIdentityTokenFileCredentialsProvider.builder()
                .roleArn("arn:aws:iam::1:role/tables")
                .webIdentityTokenFile(Chart.FOLDER.resolve("target/no-such-token"))
                .roleSessionName("test")
                .build();
        System.setProperty("aws.region", "eu-central-1");
        try (provider) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(provider::resolveCredentials))
                    .hasStackTraceContaining("no-such-token")
                    .hasNoSuppressedExceptions();
        } finally {
            System.clearProperty("aws.region");
        }
    }

    @Test
    void nativeExecutablesRegisterWhatIsFoundByName() {
        String reflection = Chart.read(
                "service-edge/src/main/resources/META-INF/native-image/io.lasttable/service-edge/reflect-config.json");
        for (String name :
                List.of("IAMLoginModule", "IAMClientCallbackHandler", "internals.IAMSaslClient$IAMSaslClientFactory")) {
            String type = "software.amazon.msk.auth.iam." + name;
            assertThat(reflection).contains("\"" + type + "\"");
            assertThat(getClass().getClassLoader().getResource(type.replace('.', '/') + ".class"))
                    .isNotNull();
        }
        assertThat(
                        Chart.read(
                                "service-edge/src/main/resources/META-INF/native-image/io.lasttable/service-edge/resource-config.json"))
                .as("by which STS is asked")
                .contains("META-INF/services/software.amazon.awssdk.http.SdkHttpService");
    }
}

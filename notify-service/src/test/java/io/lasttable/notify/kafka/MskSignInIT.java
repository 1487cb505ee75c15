package io.lasttable.notify.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.embedded.FreePorts;
import io.lasttable.notify.world.Packaged;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.message.SaslAuthenticateRequestData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.junit.jupiter.api.Test;

/**
 * Signing in to MSK with IAM, as packaged: it is made of classes that are found by name and by their class loader, and so can
 * be missing from a native executable alone. The broker here listens until it has been told who comes.
 */
class MskSignInIT {

    private static final String MECHANISM = "AWS_MSK_IAM";

    @Test
    void theBrokerIsToldWhoComes() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            broker.setSoTimeout(180_000);
            ProcessBuilder start = new ProcessBuilder(Packaged.command(settings(broker.getLocalPort())));
            start.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret"));
            Process service = start.redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "msk-sign-in.log").toFile())
                    .start();
            try (Socket connection = broker.accept()) {
                connection.setSoTimeout(30_000);
                assertThat(signIn(connection))
                        .contains("\"version\":\"2020_10_22\"", "\"action\":\"kafka-cluster:Connect\"")
                        .contains("AKIDEXAMPLE", "\"x-amz-signature\":");
            } finally {
                assertThat(service.destroyForcibly().waitFor()).isNotNegative();
            }
        }
    }

    private static Map<String, String> settings(int broker) {
        return Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", "127.0.0.1:" + broker),
                Map.entry("kafka.security.protocol", "SASL_PLAINTEXT"),
                Map.entry("kafka.sasl.mechanism", MECHANISM),
                Map.entry("kafka.sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;"),
                Map.entry(
                        "kafka.sasl.client.callback.handler.class",
                        "software.amazon.msk.auth.iam.IAMClientCallbackHandler"),
                Map.entry("quarkus.http.host", "127.0.0.1"),
                Map.entry("quarkus.http.port", String.valueOf(FreePorts.next())),
                Map.entry("quarkus.management.host", "127.0.0.1"),
                Map.entry("quarkus.management.port", String.valueOf(FreePorts.next())),
                Map.entry("lasttable.oidc.audience", "lasttable"),
                Map.entry("quarkus.oidc.tenant-enabled", "false"),
                Map.entry("lasttable.watch-token-key", "a-key-for-a-test-only-0123456789abcdef"),
                Map.entry("aws.region", "eu-central-1"));
    }

    private static String signIn(Socket connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        while (true) {
            ByteBuffer request = ByteBuffer.wrap(in.readNBytes(in.readInt()));
            RequestHeader header = RequestHeader.parse(request);
            switch (header.apiKey()) {
                case API_VERSIONS -> answer(connection, header, versions());
                case SASL_HANDSHAKE ->
                    answer(connection, header, new SaslHandshakeResponseData().setMechanisms(List.of(MECHANISM)));
                default -> {
                    assertThat(header.apiKey()).isEqualTo(ApiKeys.SASL_AUTHENTICATE);
                    var told = new SaslAuthenticateRequestData(new ByteBufferAccessor(request), header.apiVersion());
                    return new String(told.authBytes(), UTF_8);
                }
            }
        }
    }

    private static ApiVersionsResponseData versions() {
        ApiVersionCollection keys = new ApiVersionCollection();
        for (ApiKeys key : List.of(ApiKeys.API_VERSIONS, ApiKeys.SASL_HANDSHAKE, ApiKeys.SASL_AUTHENTICATE)) {
            keys.add(new ApiVersion()
                    .setApiKey(key.id)
                    .setMinVersion(key.oldestVersion())
                    .setMaxVersion(key.latestVersion()));
        }
        return new ApiVersionsResponseData().setApiKeys(keys);
    }

    private static void answer(Socket connection, RequestHeader to, ApiMessage body) throws IOException {
        ByteBuffer bytes = RequestUtils.serialize(
                to.toResponseHeader().data(), to.toResponseHeader().headerVersion(), body, to.apiVersion());
        ByteBuffer framed = ByteBuffer.allocate(Integer.BYTES + bytes.remaining());
        framed.putInt(bytes.remaining()).put(bytes).flip();
        Channels.newChannel(connection.getOutputStream()).write(framed);
    }
}

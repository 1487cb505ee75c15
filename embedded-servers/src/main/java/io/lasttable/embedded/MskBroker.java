package io.lasttable.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.HashMap;
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

/**
 * A broker of MSK that listens until it has been told who comes. Signing in with IAM is made of classes that are found by name and by their
 * class loader, and so can be missing from a native executable alone.
 */
public final class MskBroker implements AutoCloseable {

    private static final String MECHANISM = "AWS_MSK_IAM";
    private static final int PATIENCE_MS = 180_000;
    private static final int SILENCE_MS = 30_000;

    private final PodRole role;
    private final ServerSocket broker;

    /** @param way how the process that signs in comes to its credentials */
    public MskBroker(PodRole.Way way) throws IOException {
        role = new PodRole(way);
        broker = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        broker.setSoTimeout(PATIENCE_MS);
    }

    /** What the chart gives a service that signs in to it. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(role.settings());
        settings.putAll(Map.of(
                "kafka.bootstrap.servers", "127.0.0.1:" + broker.getLocalPort(),
                "kafka.security.protocol", "SASL_PLAINTEXT",
                "kafka.sasl.mechanism", MECHANISM,
                "kafka.sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;",
                "kafka.sasl.client.callback.handler.class", "software.amazon.msk.auth.iam.IAMClientCallbackHandler",
                "aws.region", "eu-central-1"));
        return settings;
    }

    /** How the first that comes signs in, once it has the credentials of its role: a document in JSON. */
    public String signIn() throws IOException {
        try (Socket connection = broker.accept()) {
            connection.setSoTimeout(SILENCE_MS);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            while (true) {
                ByteBuffer request = ByteBuffer.wrap(in.readNBytes(in.readInt()));
                RequestHeader header = RequestHeader.parse(request);
                if (header.apiKey() == ApiKeys.API_VERSIONS) {
                    answer(connection, header, versions());
                } else if (header.apiKey() == ApiKeys.SASL_HANDSHAKE) {
                    answer(connection, header, new SaslHandshakeResponseData().setMechanisms(List.of(MECHANISM)));
                } else if (header.apiKey() == ApiKeys.SASL_AUTHENTICATE) {
                    var told = new SaslAuthenticateRequestData(new ByteBufferAccessor(request), header.apiVersion());
                    return new String(told.authBytes(), UTF_8);
                } else {
                    throw new IllegalStateException(header.apiKey() + " before anybody has signed in");
                }
            }
        }
    }

    private static ApiVersionsResponseData versions() {
        ApiVersionCollection keys = new ApiVersionCollection();
        for (ApiKeys key : List.of(ApiKeys.API_VERSIONS, ApiKeys.SASL_HANDSHAKE, ApiKeys.SASL_AUTHENTICATE)) {
            boolean added = keys.add(new ApiVersion()
                    .setApiKey(key.id)
                    .setMinVersion(key.oldestVersion())
                    .setMaxVersion(key.latestVersion()));
            assert added;
        }
        return new ApiVersionsResponseData().setApiKeys(keys);
    }

    private static void answer(Socket connection, RequestHeader to, ApiMessage body) throws IOException {
        ByteBuffer bytes = RequestUtils.serialize(
                to.toResponseHeader().data(), to.toResponseHeader().headerVersion(), body, to.apiVersion());
        ByteBuffer framed = ByteBuffer.allocate(Integer.BYTES + bytes.remaining())
                .putInt(bytes.remaining())
                .put(bytes)
                .flip();
        int written = Channels.newChannel(connection.getOutputStream()).write(framed);
        assert written > Integer.BYTES;
    }

    @Override
    public void close() throws IOException {
        role.close();
        broker.close();
    }
}

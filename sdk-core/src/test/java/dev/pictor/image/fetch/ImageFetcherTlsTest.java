package dev.pictor.image.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Pictures;
import dev.pictor.image.fetch.ImageFetchException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS to an address that was checked, for the name that was asked for. */
@Timeout(60)
class ImageFetcherTlsTest {

    private static final byte[] LAMP = Pictures.encoded("png", 13, 7);
    private static final char[] PASSWORD = "in-tests-only".toCharArray();

    private static SSLContext trusting;

    private final List<String> askedByTls = new CopyOnWriteArrayList<>();
    private final List<String> resolved = new ArrayList<>();
    private final List<PlainServer> servers = new ArrayList<>();

    /** A certificate for pictures.test, shop and 127.0.0.1, made by the JDK's own tool and trusted by itself. */
    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=elsewhere.test",
                        "-ext",
                        "san=dns:pictures.test,dns:shop,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(folder.resolve("keytool.txt")))
                .isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    @AfterEach
    void closeServers() throws IOException {
        for (PlainServer server : servers) {
            server.close();
        }
    }

    private PlainServer serving(PlainServer.Reply reply, String... protocols) throws IOException {
        SSLServerSocket listener =
                (SSLServerSocket) trusting.getServerSocketFactory().createServerSocket(0, 50, PlainServer.LOCAL);
        if (protocols.length > 0) {
            listener.setEnabledProtocols(protocols);
        }
        PlainServer server = PlainServer.on(listener, (request, out, peer) -> {
            ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) peer.socket()).getSession();
            session.getRequestedServerNames().forEach(name -> askedByTls.add(((SNIHostName) name).getAsciiName()));
            reply.to(request, out, peer);
        });
        servers.add(server);
        return server;
    }

    private PlainServer servingLamp(String... protocols) throws IOException {
        return serving(
                (request, out, peer) -> out.write(PlainServer.ok(LAMP, "Content-Length: " + LAMP.length)), protocols);
    }

    private ImageFetcherBuilder fetcher(PlainServer server) {
        return fetcher(server.port());
    }

    private ImageFetcherBuilder fetcher(int port) {
        return ImageFetcher.builder()
                .addAllowedNetwork("127.0.0.1/32")
                .addAllowedPort(port)
                .tls(trusting.getSocketFactory())
                .resolver(host -> {
                    resolved.add(host);
                    return List.of(PlainServer.LOCAL);
                });
    }

    private static URI url(PlainServer server, String host) {
        return URI.create("https://" + host + ":" + server.port() + "/lamp.png");
    }

    private static ImageFetchException refusal(ImageFetcher fetcher, URI url) {
        ImageFetchException refused = catchThrowableOfType(ImageFetchException.class, () -> fetcher.fetch(url));
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void asksForAndVerifiesTheNameInTheUrlOnTheAddressThatWasChecked() throws Exception {
        PlainServer server = servingLamp();

        assertThat(fetcher(server).build().fetch(url(server, "pictures.test"))).isEqualTo(ImageBytes.of(LAMP));

        assertThat(askedByTls).containsExactly("pictures.test");
        assertThat(resolved).containsExactly("pictures.test");
        assertThat(server.requests().get(0)).contains("\r\nHost: pictures.test:" + server.port() + "\r\n");
    }

    @Test
    void asksForNamesWithoutADotToo() throws Exception {
        PlainServer server = servingLamp();

        assertThat(fetcher(server).build().fetch(url(server, "shop"))).isNotNull();

        assertThat(askedByTls).containsExactly("shop");
    }

    @Test
    void speaksTheOlderTlsToo() throws Exception {
        PlainServer server = servingLamp("TLSv1.2");

        assertThat(fetcher(server).build().fetch(url(server, "pictures.test"))).isEqualTo(ImageBytes.of(LAMP));
    }

    @Test
    void asksForNoNameWhereTheUrlHasAnAddressButVerifiesIt() throws Exception {
        PlainServer server = servingLamp();

        assertThat(fetcher(server).build().fetch(url(server, "0x7f.1"))).isNotNull();

        assertThat(askedByTls).isEmpty();
        assertThat(resolved).isEmpty();
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        PlainServer server = servingLamp();

        for (String host : List.of("other.test", "elsewhere.test")) {
            ImageFetchException refused = refusal(fetcher(server).build(), url(server, host));

            assertThat(refused.reason()).isEqualTo(Reason.TLS_FAILED);
            assertThat(refused.isRetryable()).isFalse();
            assertThat(refused).hasCauseInstanceOf(SSLException.class);
            assertThat(refused.getMessage()).contains(host);
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void refusesACertificateThatTheJvmDoesNotTrust() throws Exception {
        PlainServer server = servingLamp();
        ImageFetcher byDefault = ImageFetcher.builder()
                .addAllowedNetwork("127.0.0.1/32")
                .addAllowedPort(server.port())
                .resolver(host -> List.of(PlainServer.LOCAL))
                .build();

        assertThat(refusal(byDefault, url(server, "pictures.test")).reason()).isEqualTo(Reason.TLS_FAILED);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void refusesAServerThatSpeaksNoTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, PlainServer.LOCAL)) {
            CompletableFuture<Void> talking = CompletableFuture.runAsync(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            ImageFetcher fetcher = fetcher(plain.getLocalPort()).build();

            ImageFetchException refused =
                    refusal(fetcher, URI.create("https://pictures.test:" + plain.getLocalPort() + "/"));

            assertThat(refused.reason()).isEqualTo(Reason.TLS_FAILED);
            talking.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void doesNotFollowARedirectDownToHttp() throws Exception {
        PlainServer[] server = new PlainServer[1];
        server[0] = serving((request, out, peer) ->
                out.write(PlainServer.redirect(302, "http://pictures.test:" + server[0].port() + "/lamp.png?secret")));

        ImageFetchException refused = refusal(fetcher(server[0]).build(), url(server[0], "pictures.test"));

        assertThat(refused.reason()).isEqualTo(Reason.DOWNGRADE_REFUSED);
        assertThat(refused)
                .hasMessage(
                        "cannot fetch http://pictures.test:%1$d/lamp.png (redirected from"
                                + " https://pictures.test:%1$d/lamp.png): a redirect from https to http is not followed",
                        server[0].port());
        assertThat(server[0].requests()).hasSize(1);
    }

    @Test
    void followsARedirectUpToHttps() throws Exception {
        PlainServer server = servingLamp();
        PlainServer plain = PlainServer.saying(
                PlainServer.redirect(301, url(server, "pictures.test").toString()));
        servers.add(plain);

        ImageBytes image = fetcher(server)
                .addAllowedPort(plain.port())
                .build()
                .fetch(URI.create("http://pictures.test:" + plain.port() + "/"));

        assertThat(image).isEqualTo(ImageBytes.of(LAMP));
    }

    @Test
    void takesACutForACutAndNoPicture() throws Exception {
        PlainServer server = serving(
                (request, out, peer) -> out.write(PlainServer.ok(LAMP, "Content-Length: " + (LAMP.length + 1))));

        assertThat(refusal(fetcher(server).build(), url(server, "pictures.test"))
                        .reason())
                .isEqualTo(Reason.TRUNCATED);
    }

    /** The client answers each with one of its own, from inside a read; small buffers stand for a long flood. */
    @Test
    @Timeout(20)
    void endsInTimeForAServerThatAsksForNewKeysAndNeverReads() throws Exception {
        Deadline deadline = Deadline.in(Duration.ofSeconds(2));
        try (ServerSocket listener = trusting.getServerSocketFactory().createServerSocket()) {
            listener.setReceiveBufferSize(1_024);
            listener.bind(new InetSocketAddress(PlainServer.LOCAL, 0));
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    socket.startHandshake();
                    while (true) {
                        socket.startHandshake(); // a KeyUpdate
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e); // the client went away
                }
            });
            try (SocketChannel channel = SocketChannel.open()) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, 1_024);
                channel.connect(listener.getLocalSocketAddress());
                Socket tls = trusting.getSocketFactory()
                        .createSocket(
                                new TimedSocket(channel, deadline), "pictures.test", listener.getLocalPort(), true);
                InputStream in = tls.getInputStream();

                assertThatExceptionOfType(IOException.class).isThrownBy(in::read);

                assertThat(deadline.isOver()).isTrue();
            }
            assertThat(asking).failsWithin(Duration.ofSeconds(10));
        }
    }
}

package dev.pictor.image.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Pictures;
import dev.pictor.image.fetch.ImageFetchException.Reason;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything here happens on loopback, which the fetchers of these tests are allowed to use where they get through. */
@Timeout(30)
class ImageFetcherTest {

    private static final byte[] LAMP = Pictures.encoded("png", 13, 7);
    private static final InetAddress LOCAL = PlainServer.LOCAL;

    private final List<PlainServer> servers = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @AfterEach
    void closeServers() throws IOException {
        for (PlainServer server : servers) {
            server.close();
        }
    }

    private PlainServer replying(PlainServer.Reply reply) throws IOException {
        PlainServer server = PlainServer.replying(reply);
        servers.add(server);
        return server;
    }

    private PlainServer saying(byte[] answer) throws IOException {
        return replying((request, out, peer) -> out.write(answer));
    }

    private PlainServer saying(String answer) throws IOException {
        return saying(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Every name is the local server, whose address and port are allowed. */
    private ImageFetcherBuilder local(PlainServer server) {
        return ImageFetcher.builder()
                .addAllowedNetwork("127.0.0.1/32")
                .addAllowedPort(server.port())
                .resolver(host -> {
                    asked.add(host);
                    return List.of(LOCAL);
                });
    }

    private ImageBytes fetch(PlainServer server) throws InterruptedException {
        return local(server).build().fetch(url(server, "/lamp.png"));
    }

    private static URI url(PlainServer server, String path) {
        return URI.create("http://pictures.test:" + server.port() + path);
    }

    private static ImageFetchException refusal(ImageFetcher fetcher, String url) {
        ImageFetchException refused =
                catchThrowableOfType(ImageFetchException.class, () -> fetcher.fetch(URI.create(url)));
        assertThat(refused).as(url).isNotNull();
        return refused;
    }

    private ImageFetchException refusal(PlainServer server) {
        return refusal(local(server).build(), url(server, "/lamp.png").toString());
    }

    /** A name service that must not be asked. */
    private static List<InetAddress> nobody(String host) {
        throw new AssertionError("asked for " + host);
    }

    @Nested
    class Requests {

        @Test
        void bringThePicture() throws Exception {
            PlainServer server = saying(PlainServer.ok(LAMP, "Content-Length: " + LAMP.length));

            ImageBytes image = fetch(server);

            assertThat(image).isEqualTo(ImageBytes.of(LAMP));
            assertThat(asked).containsExactly("pictures.test");
        }

        @Test
        void holdTheseBytesAndNoOthersWhateverTheJvmWouldAdd() throws Exception {
            PlainServer server = saying(PlainServer.ok(LAMP, "Set-Cookie: a=b"));
            Authenticator authenticator = Authenticator.getDefault();
            CookieHandler cookies = CookieHandler.getDefault();
            ProxySelector proxies = ProxySelector.getDefault();
            try {
                Authenticator.setDefault(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        throw new AssertionError("asked for a password");
                    }
                });
                CookieHandler.setDefault(new CookieManager());
                ProxySelector.setDefault(new ProxySelector() {
                    @Override
                    public List<Proxy> select(URI uri) {
                        throw new AssertionError("asked for a proxy to " + uri);
                    }

                    @Override
                    public void connectFailed(URI uri, SocketAddress address, IOException e) {
                        throw new AssertionError("tried a proxy to " + uri);
                    }
                });
                ImageFetcher fetcher = local(server).build();

                assertThat(fetcher.fetch(url(server, "/a%20b/lamp.png?sign=s%2F1&x=é#part")))
                        .isNotNull();
                assertThat(fetcher.fetch(url(server, ""))).isNotNull();
            } finally {
                Authenticator.setDefault(authenticator);
                CookieHandler.setDefault(cookies);
                ProxySelector.setDefault(proxies);
            }

            String rest = " HTTP/1.1\r\nHost: pictures.test:" + server.port() + "\r\nUser-Agent: pictor\r\n"
                    + "Accept: image/png, image/jpeg, image/webp;q=0.9, */*;q=0.1\r\nAccept-Encoding: identity\r\n"
                    + "Connection: close\r\n\r\n";
            assertThat(server.requests())
                    .containsExactly("GET /a%20b/lamp.png?sign=s%2F1&x=%C3%A9" + rest, "GET /" + rest);
        }

        @Test
        void leaveTheConnectionClosed() throws Exception {
            PlainServer server = replying((request, out, peer) -> {
                out.write(PlainServer.ok(LAMP, "Content-Length: " + LAMP.length));
                peer.awaitClose();
            });

            assertThat(fetch(server)).isNotNull();

            assertThat(server.clientLeft().await(10, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void tryTheNextAddressWhenOneIsDead() throws Exception {
            PlainServer server = saying(PlainServer.ok(LAMP));
            ImageFetcher fetcher = local(server)
                    .addAllowedNetwork("::1/128")
                    .resolver(host -> List.of(address("::1"), LOCAL))
                    .build();

            assertThat(fetcher.fetch(url(server, "/"))).isEqualTo(ImageBytes.of(LAMP));
        }

        @Test
        void toAnAddressInAnyFormNameItInItsUsualOne() throws Exception {
            PlainServer server = saying(PlainServer.ok(LAMP));
            ImageFetcher fetcher =
                    local(server).resolver(ImageFetcherTest::nobody).build();

            for (String form : List.of("127.0.0.1", "0x7f.1", "2130706433", "017700000001", "[::ffff:7f00:1]")) {
                assertThat(fetcher.fetch(URI.create("http://" + form + ":" + server.port() + "/")))
                        .isNotNull();
            }

            assertThat(server.requests()).hasSize(5).allMatch(request -> request.contains("\r\nHost: 127.0.0.1:"));
        }
    }

    @Nested
    class Urls {

        private final ImageFetcher strict =
                ImageFetcher.builder().resolver(ImageFetcherTest::nobody).build();

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "file:///etc/passwd",
                    "ftp://example.com/a.png",
                    "data:image/png;base64,AAAA",
                    "jar:http://example.com/a.jar!/a.png",
                    "gopher://example.com/",
                    "mailto:a@example.com"
                })
        void ofOtherSchemesAreRefused(String url) {
            ImageFetchException refused = refusal(strict, url);

            assertThat(refused.reason()).isEqualTo(Reason.SCHEME_REFUSED);
            assertThat(refused)
                    .hasMessage("cannot fetch a picture: only http and https are fetched, not "
                            + url.substring(0, url.indexOf(':')) + ":");
            assertThat(refused.isRetryable()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://me:secret@example.com/", "http://me@example.com/", "http://@example.com/"})
        void withAUserAreRefusedAndTheUserIsNotTold(String url) {
            ImageFetchException refused = refusal(strict, url);

            assertThat(refused.reason()).isEqualTo(Reason.USER_INFO_REFUSED);
            assertThat(refused.getMessage()).doesNotContain("secret", "me@");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/lamp.png",
                    "http:lamp.png",
                    "http:///lamp.png",
                    "http://:80/",
                    "http://a..b/",
                    "http://.a/",
                    "http://a.../",
                    "http://%31%32%37.0.0.1/",
                    "http://bücher.example/",
                    "http://127。0。0。1/",
                    "http://256.1.1.1/",
                    "http://1.2.3.4.5/",
                    "http://09.1.1.1/",
                    "http://4294967296/",
                    "http://0x100000000/",
                    "http://example.0x7f/",
                    "http://1.2.3.4:5:6/",
                    "http://example.com:8a/",
                    "http://example.com:123456/",
                    "http://[fe80::1%25eth0]/"
                })
        void withoutAHostOfTheUsualFormsAreRefused(String url) {
            assertThat(refusal(strict, url).reason()).isEqualTo(Reason.INVALID_URL);
        }

        @Test
        void withANameBeyondTheLimitsOfNamesAreRefused() {
            assertThat(refusal(strict, "http://" + "a".repeat(64) + ".example/").reason())
                    .isEqualTo(Reason.INVALID_URL);
            assertThat(refusal(strict, "http://" + "a.".repeat(127) + "example/")
                            .reason())
                    .isEqualTo(Reason.INVALID_URL);
        }

        @Test
        void thatAreTooLongAreRefused() {
            assertThat(refusal(strict, "http://example.com/?" + "q".repeat(8_000)))
                    .hasMessage(
                            "cannot fetch a picture http://example.com/: path and query may have 8000 characters, have"
                                    + " 8002");
        }

        @ParameterizedTest
        @CsvSource({
            "http://example.com:22/",
            "https://example.com:8443/",
            "http://example.com:0/",
            "http://example.com:65536/"
        })
        void toOtherPortsAreRefused(String url) {
            ImageFetchException refused = refusal(strict, url);

            assertThat(refused.reason()).isEqualTo(Reason.PORT_REFUSED);
            assertThat(refused).hasMessage("cannot fetch a picture " + url + ": the allowed ports are [80, 443]");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "127.0.0.1",
                    "127.1",
                    "127.0.1",
                    "0x7f.1",
                    "0X7F.0.0.0x1",
                    "2130706433",
                    "017700000001",
                    "0177.0.0.01",
                    "0x7f000001",
                    "127.0.0.1.",
                    "0",
                    "0x",
                    "169.254.169.254",
                    "2852039166",
                    "0xa9.0xfe.43518",
                    "10.1",
                    "[::1]",
                    "[::]",
                    "[0:0:0:0:0:0:0:1]",
                    "[::ffff:127.0.0.1]",
                    "[::ffff:7f00:1]",
                    "[::127.0.0.1]",
                    "[64:ff9b::127.0.0.1]",
                    "[64:ff9b::a9fe:a9fe]",
                    "[64:ff9b:1::1]",
                    "[2002:7f00:1::]",
                    "[2002:808:808::]",
                    "[2001:0:7f00:1::]",
                    "[fd00:ec2::254]",
                    "[fe80::1]",
                    "[fec0::1]",
                    "[ff02::1]"
                })
        void toAddressesThatAreNotPublicAreRefusedInEveryForm(String host) {
            ImageFetchException refused = refusal(strict, "http://" + host + "/lamp.png");

            assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
            assertThat(refused.isRetryable()).isFalse();
            assertThat(refused.getMessage()).contains("not public", "not allowed");
        }

        @Test
        void areToldWithoutWhatMayBeSecret() {
            ImageFetchException refused =
                    refusal(strict, "https://10.0.0.1/" + "p".repeat(300) + "?X-Signature=secret#secret");

            assertThat(refused)
                    .hasMessage(
                            "cannot fetch https://10.0.0.1/" + "p".repeat(199) + "...: its host is at an address that"
                                    + " is not public (10.0.0.0/8, private, RFC 1918) and not allowed");
        }
    }

    @Nested
    class Names {

        @Test
        void areResolvedOnceSoThatOneThatChangesItsMindGainsNothing() throws Exception {
            PlainServer server = replying((request, out, peer) -> out.write(
                    request.startsWith("GET /again") ? PlainServer.redirect(302, "/lamp.png") : PlainServer.ok(LAMP)));
            HostResolver rebinding = host -> {
                asked.add(host);
                return List.of(asked.size() == 1 ? LOCAL : address("127.0.0.2"));
            };

            assertThat(local(server).resolver(rebinding).build().fetch(url(server, "/lamp.png")))
                    .isEqualTo(ImageBytes.of(LAMP));
            assertThat(asked).containsExactly("pictures.test");

            asked.clear();
            ImageFetchException refused = refusal(
                    local(server).resolver(rebinding).build(),
                    url(server, "/again").toString());
            assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
            assertThat(asked).hasSize(2);
            assertThat(server.requests()).hasSize(2);
        }

        @Test
        void areRefusedWhenOneOfTheirAddressesIs() throws Exception {
            PlainServer server = saying(PlainServer.ok(LAMP));
            ImageFetcher fetcher = local(server)
                    .resolver(host -> List.of(LOCAL, address("10.9.8.7")))
                    .build();

            ImageFetchException refused = refusal(fetcher, url(server, "/").toString());

            assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
            assertThat(refused.getMessage()).contains("10.0.0.0/8, private").doesNotContain("10.9.8.7");
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void areRefusedWhenTheyHideAnAddressInIpv6() throws Exception {
            byte[] mapped = new byte[16];
            Arrays.fill(mapped, 10, 12, (byte) 0xFF);
            mapped[12] = 127;
            mapped[15] = 1;
            ImageFetcher fetcher = ImageFetcher.builder()
                    .resolver(host -> List.of(Inet6Address.getByAddress(host, mapped, 0)))
                    .build();

            assertThat(refusal(fetcher, "http://pictures.test/").getMessage()).contains("127.0.0.0/8, loopback");
        }

        @Test
        void areAskedForInLowerCaseWithoutTheFinalDot() throws Exception {
            PlainServer server = saying(PlainServer.ok(LAMP));

            assertThat(local(server).build().fetch(URI.create("HTTP://PICTURES.Test.:" + server.port() + "/I.png")))
                    .isNotNull();

            assertThat(asked).containsExactly("pictures.test");
            assertThat(server.requests().get(0)).startsWith("GET /I.png HTTP/1.1\r\nHost: pictures.test:");
        }

        @Test
        void withoutAddressesAreAFaultThatMayPass() {
            UnknownHostException unknown = new UnknownHostException("none");
            ImageFetcher failing = ImageFetcher.builder()
                    .resolver(host -> {
                        throw unknown;
                    })
                    .build();
            ImageFetcher empty =
                    ImageFetcher.builder().resolver(host -> List.of()).build();

            assertThat(refusal(failing, "http://none.test/").reason()).isEqualTo(Reason.HOST_NOT_FOUND);
            assertThat(refusal(failing, "http://none.test/")).hasCause(unknown);
            assertThat(refusal(empty, "http://none.test/").isRetryable()).isTrue();
        }

        @Test
        void areFoundByTheJvmUnlessSomebodyElseIsNamed() throws Exception {
            assertThat(HostResolver.system().resolve("localhost"))
                    .isNotEmpty()
                    .allMatch(InetAddress::isLoopbackAddress);
            assertThat(refusal(ImageFetcher.builder().build(), "http://localhost/")
                            .reason())
                    .isEqualTo(Reason.ADDRESS_REFUSED);
        }
    }

    @Nested
    class Redirects {

        private PlainServer leading(int status, String location) throws IOException {
            return replying((request, out, peer) -> out.write(
                    request.startsWith("GET /start") ? PlainServer.redirect(status, location) : PlainServer.ok(LAMP)));
        }

        @ParameterizedTest
        @CsvSource({
            "301, /end.png, /end.png",
            "302, end.png?a=1, /start/end.png?a=1",
            "303, ../up.png, /up.png",
            "307, ?size=big, /start/lamp.png?size=big",
            "308, '/a b/é.png', /a%20b/%C3%A9.png",
            "302, '//pictures.test:PORT//x', //x"
        })
        void areFollowedToWhereTheyLead(int status, String location, String path) throws Exception {
            List<byte[]> answers = new ArrayList<>();
            PlainServer server = replying((request, out, peer) -> out.write(answers.remove(0)));
            answers.add(PlainServer.redirect(status, location.replace("PORT", "" + server.port())));
            answers.add(PlainServer.ok(LAMP));

            assertThat(local(server).build().fetch(url(server, "/start/lamp.png?secret=1#f")))
                    .isEqualTo(ImageBytes.of(LAMP));

            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1))
                    .startsWith("GET " + path + " HTTP/1.1\r\n")
                    .doesNotContain("Referer", "secret");
        }

        @Test
        void fromABareHostKeepTheSlash() throws Exception {
            List<byte[]> answers = new ArrayList<>(List.of(PlainServer.redirect(302, "a.png"), PlainServer.ok(LAMP)));
            PlainServer server = replying((request, out, peer) -> out.write(answers.remove(0)));

            assertThat(local(server).build().fetch(url(server, ""))).isNotNull();

            assertThat(server.requests().get(1)).startsWith("GET /a.png HTTP/1.1\r\n");
        }

        @ParameterizedTest
        @CsvSource({
            "http://10.0.0.1/, ADDRESS_REFUSED",
            "http://169.254.169.254/latest/meta-data/, ADDRESS_REFUSED",
            "http://[::1]/, ADDRESS_REFUSED",
            "//2130706434/, ADDRESS_REFUSED",
            "http://me:secret@pictures.test/, USER_INFO_REFUSED",
            "http://pictures.test:22/, PORT_REFUSED",
            "file:///etc/passwd, SCHEME_REFUSED",
            "'data:image/png;base64,AAAA', SCHEME_REFUSED",
            "http://[/?secret, BAD_ANSWER",
            "'', BAD_ANSWER"
        })
        void areJudgedLikeTheFirstUrl(String location, Reason reason) throws Exception {
            PlainServer server = leading(302, location);

            ImageFetchException refused = refusal(
                    local(server).build(), url(server, "/start?secret=1").toString());

            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.isRetryable()).isFalse();
            assertThat(refused.getMessage()).contains("http://pictures.test:" + server.port() + "/start");
            for (Throwable told = refused; told != null; told = told.getCause()) {
                assertThat(told.getMessage()).doesNotContain("secret");
            }
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void inALoopEndAtTheLimit() throws Exception {
            PlainServer server = leading(302, "/start");
            ImageFetcher fetcher = local(server).build();

            ImageFetchException refused = refusal(fetcher, url(server, "/start").toString());

            assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_REDIRECTS);
            assertThat(refused.getMessage()).contains("it redirects again, and the limit of 3 is reached");
            assertThat(server.requests()).hasSize(4);
        }

        @Test
        void areNotFollowedWhenNoneAreAllowed() throws Exception {
            PlainServer server = leading(302, "/end");

            assertThat(refusal(
                                    local(server).maxRedirects(0).build(),
                                    url(server, "/start").toString())
                            .reason())
                    .isEqualTo(Reason.TOO_MANY_REDIRECTS);
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void withoutATargetAreABadAnswer() throws Exception {
            assertThat(refusal(saying("HTTP/1.1 302 Found\r\n\r\n")).reason()).isEqualTo(Reason.BAD_ANSWER);
        }
    }

    @Nested
    class Answers {

        private String chunk(byte[] bytes, int from, int to) {
            return Integer.toHexString(to - from) + ";x=y\r\n"
                    + new String(bytes, from, to - from, StandardCharsets.ISO_8859_1) + "\r\n";
        }

        @Test
        void mayComeInChunks() throws Exception {
            String body =
                    chunk(LAMP, 0, 1) + chunk(LAMP, 1, 30) + chunk(LAMP, 30, LAMP.length) + "0\r\nX: trailer\r\n\r\n";

            assertThat(fetch(saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n" + body)))
                    .isEqualTo(ImageBytes.of(LAMP));
        }

        @Test
        void mayEndWithTheConnectionFollowEarlyHintsAndHaveBareLineFeeds() throws Exception {
            String lamp = new String(LAMP, StandardCharsets.ISO_8859_1);

            assertThat(fetch(saying("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.0 200\n\n" + lamp)))
                    .isEqualTo(ImageBytes.of(LAMP));
        }

        @Test
        void areReadToTheirLengthAndNoFurther() throws Exception {
            byte[] longer = Arrays.copyOf(LAMP, LAMP.length + 50);

            assertThat(fetch(saying(PlainServer.ok(
                            longer, "Content-Length: " + LAMP.length, "content-length: " + LAMP.length))))
                    .isEqualTo(ImageBytes.of(LAMP));
        }

        @Test
        void thatEndTooEarlyAreNoPicture() throws Exception {
            String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            List<byte[]> cut = List.of(
                    PlainServer.ok(LAMP, "Content-Length: " + (LAMP.length + 1)),
                    (chunked + chunk(LAMP, 0, LAMP.length)).getBytes(StandardCharsets.ISO_8859_1),
                    PlainServer.join(chunked + "ff\r\nabc", new byte[0]),
                    PlainServer.join(chunked + "f", new byte[0]),
                    PlainServer.join("HTTP/1.1 200 OK\r\nContent-", new byte[0]),
                    new byte[0]);

            for (byte[] answer : cut) {
                ImageFetchException failed = refusal(saying(answer));
                assertThat(failed.reason()).isEqualTo(Reason.TRUNCATED);
                assertThat(failed.isRetryable()).isTrue();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                    "HTTP/2 200\r\n\r\n",
                    "HTTP/1.1 20\r\n\r\n",
                    "HTTP/1.1 2000 OK\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nName : value\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
                    "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nabcde",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\ncontent-encoding: br\r\n\r\nabcde",
                    "HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nabcde",
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nabc",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcde\r\n0\r\n\r\n"
                })
        void thatBreakTheRulesOfHttpAreRefused(String answer) throws Exception {
            ImageFetchException refused = refusal(saying(answer));

            assertThat(refused.reason()).isEqualTo(Reason.BAD_ANSWER);
            assertThat(refused.isRetryable()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "101, false", "204, false", "206, false", "304, false", "401, false", "403, false", "404, false",
                    "408, true",
            "425, true", "429, true", "500, true", "501, false", "502, true", "503, true", "504, true", "505, false"
        })
        void withAnotherStatusSayItAndWhetherItMayPass(int status, boolean retryable) throws Exception {
            ImageFetchException failed =
                    refusal(saying("HTTP/1.1 " + status + " No\r\nRetry-After: 1\r\n\r\nsecret body"));

            assertThat(failed.reason()).isEqualTo(Reason.HTTP_STATUS);
            assertThat(failed.httpStatus()).hasValue(status);
            assertThat(failed.isRetryable()).isEqualTo(retryable);
            assertThat(failed.getMessage()).endsWith("/lamp.png: the status is " + status);
        }

        @Test
        void mayRepeatAFieldAndHaveManyThatAreOfNoInterest() throws Exception {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; lines.length() < 1_000_000; i++) {
                lines.append("a:").append(i).append("\r\n");
            }
            byte[] answer = PlainServer.ok(
                    LAMP, lines + "Content-Length: " + LAMP.length, "content-length:" + LAMP.length + " ");
            PlainServer server = saying(answer);

            ImageFetcher fetcher = local(server)
                    .maxHeaderBytes(1 << 20)
                    .timeout(Duration.ofSeconds(4))
                    .build();

            assertThat(fetcher.fetch(url(server, "/lamp.png"))).isEqualTo(ImageBytes.of(LAMP));
        }

        @Test
        void areNotBelievedToBePictures() throws Exception {
            byte[] page = "<!DOCTYPE html><title>no lamp</title>".getBytes(StandardCharsets.UTF_8);
            PlainServer server =
                    saying(PlainServer.ok(page, "Content-Type: image/png", "Content-Length: " + page.length));

            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> fetch(server))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(ImageRejectedException.Reason.NOT_AN_IMAGE));
            assertThat(fetch(saying(PlainServer.ok(LAMP, "Content-Type: text/html"))))
                    .isEqualTo(ImageBytes.of(LAMP));
        }
    }

    @Nested
    class Limits {

        private final ImageLimits tight = ImageLimits.builder().maxBytes(10_000).build();

        private void refusesBytes(PlainServer server, String message) {
            ImageFetcher fetcher = local(server).limits(tight).build();
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> fetcher.fetch(url(server, "/")))
                    .withMessage(message)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(ImageRejectedException.Reason.TOO_MANY_BYTES));
        }

        /** The body never comes, so whoever waited for it would be timed out. */
        @Test
        void holdForTheDeclaredLengthBeforeTheBodyIsRead() throws Exception {
            refusesBytes(
                    replying((request, out, peer) -> {
                        out.write(PlainServer.ok(new byte[0], "Content-Length: 10001"));
                        peer.awaitClose();
                    }),
                    "picture has 10001 bytes by its Content-Length, the limit is 10000");
        }

        @Test
        void holdForBodiesWithoutEnd() throws Exception {
            refusesBytes(
                    replying((request, out, peer) -> {
                        out.write(PlainServer.ok(LAMP));
                        while (true) {
                            out.write(new byte[1_000]);
                        }
                    }),
                    "picture has more bytes than the limit of 10000");
            refusesBytes(
                    replying((request, out, peer) -> {
                        out.write(PlainServer.ok(new byte[0], "Transfer-Encoding: chunked"));
                        while (true) {
                            out.write("3e8\r\n".getBytes(StandardCharsets.UTF_8));
                            out.write(new byte[1_000]);
                            out.write("\r\n".getBytes(StandardCharsets.UTF_8));
                        }
                    }),
                    "picture has more bytes than the limit of 10000");
        }

        @ParameterizedTest
        @ValueSource(strings = {"HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r\nX: y", "HTTP/1.1 103 Early Hints\r\n\r\n"})
        void holdForHeadersWithoutEnd(String piece) throws Exception {
            PlainServer server = replying((request, out, peer) -> {
                while (true) {
                    out.write(piece.getBytes(StandardCharsets.UTF_8));
                }
            });

            ImageFetchException refused = refusal(
                    local(server).maxHeaderBytes(500).build(), url(server, "/").toString());

            assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_HEADER_BYTES);
        }

        @Test
        void holdForOneHeaderThatNeverEnds() throws Exception {
            String head = "HTTP/1.1 200 OK\r\nX: ";
            PlainServer server = saying(head + "x".repeat(500 - head.length()) + "\r\n\r\n");

            ImageFetchException refused = refusal(
                    local(server).maxHeaderBytes(500).build(), url(server, "/").toString());

            assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_HEADER_BYTES);
            assertThat(refused.getMessage()).endsWith("is longer than 500 bytes");
        }

        @Test
        void holdForChunkHeadsThatNeverEnd() throws Exception {
            PlainServer server =
                    saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(2_000) + "\r\na\r\n");

            assertThat(refusal(server).reason()).isEqualTo(Reason.TOO_MANY_HEADER_BYTES);
        }

        @Test
        void ofTheBuilderAreChecked() {
            ImageFetcherBuilder builder = ImageFetcher.builder();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.timeout(Duration.ZERO))
                    .withMessage("timeout must be 1 ms to 10 min, was PT0S");
            assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ofMinutes(11)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.maxRedirects(21))
                    .withMessage("maxRedirects must be 0 to 20, was 21");
            assertThatIllegalArgumentException().isThrownBy(() -> builder.maxHeaderBytes(255));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.addAllowedPort(0))
                    .withMessage("port must be 1 to 65535, was 0");
        }
    }

    @Nested
    class Time {

        private static final Duration SHORT = Duration.ofMillis(300);

        private void timesOut(PlainServer server) {
            long start = System.nanoTime();
            ImageFetchException failed = refusal(
                    local(server).timeout(SHORT).build(),
                    url(server, "/lamp.png").toString());
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(failed.isRetryable()).isTrue();
            assertThat(took).isBetween(SHORT, SHORT.plusSeconds(5));
        }

        @Test
        void endsForAServerThatSaysNothing() throws Exception {
            PlainServer server = replying((request, out, peer) -> peer.awaitClose());

            timesOut(server);

            assertThat(server.clientLeft().await(10, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void endsForABodyThatDrips() throws Exception {
            timesOut(replying((request, out, peer) -> {
                out.write(PlainServer.ok(LAMP, "Content-Length: 1000000"));
                while (true) {
                    peer.pause(20);
                    out.write('x');
                }
            }));
        }

        @Test
        void endsForAHeaderThatDrips() throws Exception {
            timesOut(replying((request, out, peer) -> {
                out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.UTF_8));
                while (true) {
                    peer.pause(20);
                    out.write('x');
                }
            }));
        }

        @Test
        void isSharedByAllRedirects() throws Exception {
            PlainServer server = replying((request, out, peer) -> {
                peer.pause(120);
                out.write(PlainServer.redirect(302, "/lamp.png"));
            });

            long start = System.nanoTime();
            ImageFetchException failed = refusal(
                    local(server).timeout(SHORT).maxRedirects(20).build(),
                    url(server, "/").toString());

            assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plusSeconds(2));
        }

        /** A handshake is many small reads too; this server drips the head of a TLS record. */
        @Test
        void endsForAHandshakeThatDrips() throws Exception {
            ServerSocket listener = new ServerSocket(0, 50, LOCAL);
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> {
                try (listener;
                        var socket = listener.accept()) {
                    PlainServer.Peer peer = new PlainServer.Peer(socket, new CountDownLatch(1));
                    socket.getOutputStream().write(new byte[] {22, 3, 3, 0x3F, 0});
                    while (true) {
                        peer.pause(20);
                        socket.getOutputStream().write(2);
                    }
                } catch (IOException e) {
                    // the client left
                }
            });
            ImageFetcher fetcher = ImageFetcher.builder()
                    .addAllowedNetwork("127.0.0.1/32")
                    .addAllowedPort(listener.getLocalPort())
                    .resolver(host -> List.of(LOCAL))
                    .timeout(SHORT)
                    .build();

            long start = System.nanoTime();
            ImageFetchException failed = refusal(fetcher, "https://pictures.test:" + listener.getLocalPort() + "/");

            assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plusSeconds(5));
            serving.get(10, TimeUnit.SECONDS);
        }

        @Test
        void ofAnInterruptedThreadIsOverAtOnceAndTheConnectionClosed() throws Exception {
            PlainServer server = replying((request, out, peer) -> peer.awaitClose());
            ImageFetcher fetcher = local(server).build();
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    outcome.complete(new AssertionError("fetched " + fetcher.fetch(url(server, "/lamp.png"))));
                } catch (InterruptedException | RuntimeException e) {
                    outcome.complete(e);
                }
            });
            thread.start();
            assertThat(server.firstRequest().await(10, TimeUnit.SECONDS)).isTrue();

            thread.interrupt();

            assertThat(outcome.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessageContaining("/lamp.png");
            assertThat(server.clientLeft().await(5, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void ofAThreadInterruptedBeforehandIsOverBeforeItBegins() throws Exception {
            PlainServer server = saying(PlainServer.ok(LAMP));
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> fetch(server));

            assertThat(Thread.interrupted()).isFalse();
            assertThat(asked).isEmpty();
        }

        @Test
        void isNotWastedOnAPortThatIsClosed() throws Exception {
            int port;
            try (ServerSocket closed = new ServerSocket(0, 50, LOCAL)) {
                port = closed.getLocalPort();
            }
            ImageFetcher fetcher = ImageFetcher.builder()
                    .addAllowedNetwork("127.0.0.1/32")
                    .addAllowedPort(port)
                    .build();

            ImageFetchException failed = refusal(fetcher, "http://127.0.0.1:" + port + "/");

            assertThat(failed.reason()).isEqualTo(Reason.CONNECTION_FAILED);
            assertThat(failed.isRetryable()).isTrue();
            assertThat(failed).hasCauseInstanceOf(IOException.class);
        }
    }
}

package dev.pictor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Resize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    @TempDir
    Path folder;

    private Path picture = Path.of("");

    private record Ran(int exitCode, String out, String err) {

        String fact(String name) {
            return out.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " in:\n" + out + err));
        }
    }

    @BeforeEach
    void draw() {
        picture = folder.resolve("circle.png");
        Imaging.ofDefaults().encode(circle(), Encoding.png()).writeTo(picture);
    }

    /** A red circle on white, a quarter of the area, off the centre. */
    private static Picture circle() {
        byte[] samples = new byte[3 * WIDTH * HEIGHT];
        Arrays.fill(samples, (byte) 255);
        double radiusSquared = 0.25 * WIDTH * HEIGHT / Math.PI;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double dx = x + 0.5 - WIDTH * 0.4;
                double dy = y + 0.5 - HEIGHT * 0.45;
                if (dx * dx + dy * dy < radiusSquared) {
                    int at = 3 * (y * WIDTH + x);
                    samples[at] = (byte) 0xC0;
                    samples[at + 1] = 0x10;
                    samples[at + 2] = 0x20;
                }
            }
        }
        return Picture.wrap(new PixelSize(WIDTH, HEIGHT), false, samples);
    }

    private static Ran run(boolean terminal, Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Stream.concat(Stream.of("image"), Arrays.stream(args).map(Object::toString))
                .toArray(String[]::new);
        int exitCode = PictorExamples.run(all, Map.of(), terminal, new PrintWriter(out), new PrintWriter(err));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    private static Ran image(Object... args) {
        return run(false, args);
    }

    @Nested
    class Info {

        @Test
        void tellsWhatHeaderPixelsAndMeasurementsTell() {
            Ran ran = image("info", picture);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.fact("format")).startsWith("image/png, ");
            assertThat(ran.fact("size")).isEqualTo("640x480 upright, 640x480 stored");
            assertThat(ran.fact("turned")).isEqualTo("upright");
            assertThat(ran.fact("color")).isEqualTo("rgb, 8 bits");
            assertThat(ran.fact("coding")).isEqualTo("deflate");
            assertThat(ran.fact("sha256"))
                    .isEqualTo(ImageBytes.read(picture).sha256().hex());
            assertThat(ran.fact("pixels")).isEqualTo(circle().digest().hex());
            assertThat(ran.fact("uniform")).startsWith("75.0");
            assertThat(ran.fact("finding")).startsWith("warn bordered: borders of one colour take a share of 0.6");
            assertThat(ran.out()).doesNotContain("warning");
        }

        @Test
        void goesOnAfterARefusedFileAndEndsWithExitCodeOne() throws IOException {
            Path page = Files.writeString(folder.resolve("page.png"), "<html><body>404</body></html>");

            Ran ran = image("info", page, picture);

            assertThat(ran.exitCode()).isEqualTo(Failures.OTHER);
            assertThat(ran.fact("refused"))
                    .isEqualTo("not_an_image: the bytes are an HTML page; send PNG, JPEG or WebP");
            assertThat(ran.fact("size")).startsWith("640x480");
        }

        @Test
        void tellsOfACutPictureWhatIsThere() throws IOException {
            byte[] whole = Files.readAllBytes(picture);
            Path cut = folder.resolve("cut.png");
            Files.write(cut, Arrays.copyOf(whole, whole.length * 2 / 3));

            Ran ran = image("info", "--json", cut);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            JsonNode facts = JSON.readTree(ran.out()).path("files").path(0);
            assertThat(facts.path("warning").path(0).asText()).startsWith("truncated: ");
            assertThat(facts.path("finding").toString()).contains("refuse truncated");
        }
    }

    @Nested
    class Presets {

        @Test
        void becomeAFileAndALineEach() {
            Ran ran = image("preset", picture, "--out", folder.resolve("out"));

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out().lines().map(line -> line.split(" ", 2)[0]))
                    .containsExactly(
                            "preset",
                            "micro",
                            "thumbnail",
                            "preview",
                            "aiAnalysis",
                            "social",
                            "standard",
                            "highQuality",
                            "7");
            ImageBytes thumbnail = ImageBytes.read(folder.resolve("out/circle-thumbnail.webp"));
            assertThat(thumbnail.size()).isEqualTo(new PixelSize(200, 150));
            assertThat(ran.fact("thumbnail")).contains("200x150").contains(thumbnail.byteCount() + "");
        }

        @Test
        void mayComeFromAFile() throws IOException {
            Path file = Files.writeString(folder.resolve("presets.json"), """
                    [{"name": "card", "resize": {"box": "120x120", "fit": "FILL"},
                      "encoding": {"format": "JPEG", "quality": 90, "max_bytes": 3000}}]""");

            Ran ran = image("preset", picture, "--preset-file", file, "--preset", "card", "--out", folder);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            ImageBytes card = ImageBytes.read(folder.resolve("circle-card.jpg"));
            assertThat(card.size()).isEqualTo(new PixelSize(120, 120));
            assertThat(card.byteCount()).isLessThanOrEqualTo(3000);
        }
    }

    @Nested
    class Cutouts {

        @Test
        void leaveTheProductOnNothing() {
            Path file = folder.resolve("cut.png");

            Ran ran = image("cutout", picture, "--out", file, "--shadow", "keep");

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .startsWith("cut out " + file + ", PNG 640x480, ")
                    .doesNotContain("warning");
            Picture cut = Imaging.ofDefaults().decode(ImageBytes.read(file)).picture();
            assertThat(cut.alpha(256, 216)).isEqualTo(255);
            assertThat(cut.alpha(600, 40)).isZero();
        }

        @Test
        void areRefusedWhereTheBackgroundIsBusy() {
            byte[] samples = new byte[3 * WIDTH * HEIGHT];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) (i * i / 7);
            }
            Path busy = folder.resolve("busy.png");
            Imaging.ofDefaults()
                    .encode(Picture.wrap(new PixelSize(WIDTH, HEIGHT), false, samples), Encoding.png())
                    .writeTo(busy);
            Path file = folder.resolve("none.png");

            Ran ran = image("cutout", busy, "--out", file);

            assertThat(ran.exitCode()).isEqualTo(Failures.BAD_INPUT);
            assertThat(ran.err()).startsWith("error: studio-1 refuses: the border is even on ");
            assertThat(file).doesNotExist();
        }

        @Test
        void takeTheOptionsOfTheRemover() {
            Ran ran = image("cutout", picture, "--out", folder.resolve("x.png"), "--shadow", "blur");

            assertThat(ran.exitCode()).isEqualTo(Failures.BAD_INPUT);
            assertThat(ran.err()).contains("option shadow must be remove or keep");
        }
    }

    @Nested
    class Colours {

        @Test
        void areToldWithSharesAndContrast() {
            Ran ran = image("palette", picture, "--colors", "2", "--share", "#C01020", "--share", "#0000FF");

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out().lines().filter(line -> line.startsWith("color ")))
                    .satisfiesExactly(
                            white -> assertThat(white).contains("#FFFFFF 75.0"),
                            red -> assertThat(red).contains("#C01020 2"));
            assertThat(ran.fact("contrast")).startsWith("6.").endsWith("aa_text, aaa_large_text");
            assertThat(ran.out().lines().filter(line -> line.startsWith("share ")))
                    .satisfiesExactly(
                            red -> assertThat(red).contains("#C01020 2"),
                            blue -> assertThat(blue).contains("#0000FF 0.00 %"));
        }
    }

    @Nested
    class Compare {

        @Test
        void findsAPictureEqualToItself() {
            Ran ran = image("compare", picture, picture);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.fact("likeness")).isEqualTo("same");
            assertThat(ran.fact("bytes")).isEqualTo("equal");
            assertThat(ran.fact("pixels")).isEqualTo("equal");
            assertThat(ran.fact("psnr")).isEqualTo("infinite");
            assertThat(ran.fact("deltaE")).startsWith("0.00");
        }

        @Test
        void tellsHowFarAnotherEncodingIs() {
            Path jpeg = folder.resolve("circle.jpg");
            Imaging.ofDefaults().encode(circle(), Encoding.jpeg(60)).writeTo(jpeg);

            Ran ran = image("compare", picture, jpeg);

            assertThat(ran.fact("likeness")).isEqualTo("same");
            assertThat(ran.fact("bytes")).isEqualTo("different");
            assertThat(Double.parseDouble(ran.fact("psnr").replace(" dB", ""))).isBetween(30.0, 50.0);
        }

        @Test
        void leavesPixelsAloneWhereSizesDiffer() {
            Path small = folder.resolve("small.png");
            Imaging.ofDefaults()
                    .encode(circle().resized(Resize.fit(200, 200)), Encoding.png())
                    .writeTo(small);

            Ran ran = image("compare", picture, small);

            assertThat(ran.fact("likeness")).isEqualTo("same");
            assertThat(ran.fact("size")).isEqualTo("640x480 and 200x150");
            assertThat(ran.out()).doesNotContain("psnr");
        }
    }

    @Nested
    class Sheet {

        @Test
        void showsThePixelsOfEachPreset() {
            Path sheet = folder.resolve("sheet.png");

            Ran ran = image("sheet", picture, "--preset", "standard", "--preset", "micro", "--out", sheet);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            Picture drawn = Imaging.ofDefaults().decode(ImageBytes.read(sheet)).picture();
            assertThat(ran.fact("sheet")).endsWith(drawn.size().toString());
            // the middle of the whole picture, then that of its pixels
            assertThat(drawn.color(12 + 150, 12 + 112).red()).isBetween(0xB8, 0xC8);
            assertThat(drawn.color(12 + 300 + 6 + 150, 12 + 150).red()).isBetween(0xB8, 0xC8);
            assertThat(drawn.color(14, 14).red()).isGreaterThan(0xF8);
        }
    }

    @Nested
    class Fetch {

        @Test
        void refusesAnAddressThatIsNotPublic() {
            Ran ran = image("fetch", "http://127.0.0.1/picture.png", "--out", folder.resolve("fetched"));

            assertThat(ran.exitCode()).isEqualTo(Failures.FETCH);
            assertThat(ran.err()).startsWith("error: cannot fetch http://127.0.0.1/picture.png: ");
            assertThat(ran.err()).contains("loopback").contains("not allowed");
            assertThat(folder.resolve("fetched")).doesNotExist();
        }

        @Test
        void writesWhatAnAllowedNetworkGives() throws IOException {
            byte[] png = Files.readAllBytes(picture);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, png.length);
                exchange.getResponseBody().write(png);
                exchange.close();
            });
            server.start();
            try {
                int port = server.getAddress().getPort();

                Ran ran = image(
                        "fetch",
                        "http://127.0.0.1:" + port + "/p",
                        "--allow",
                        "127.0.0.1/32",
                        "--allow-port",
                        port,
                        "--out",
                        folder.resolve("fetched.png"));

                assertThat(ran.exitCode()).as(ran.err()).isZero();
                assertThat(folder.resolve("fetched.png")).hasBinaryContent(png);
            } finally {
                server.stop(0);
            }
        }
    }

    @Nested
    class Batch {

        @Test
        void rendersEveryFileAndListsThoseThatFail() throws IOException {
            Path in = Files.createDirectory(folder.resolve("in"));
            for (String name : List.of("a.png", "b.png", "c.png")) {
                Files.copy(picture, in.resolve(name));
            }
            Imaging.ofDefaults().encode(circle(), Encoding.jpeg(80)).writeTo(in.resolve("c.jpg"));
            Files.writeString(in.resolve("notes.txt"), "nothing to see");

            Ran ran = run(true, "batch", in, "--preset", "micro", "--out", folder.resolve("out"), "--concurrency", "2");

            assertThat(ran.exitCode()).isEqualTo(Failures.OTHER);
            assertThat(ran.out().lines())
                    .satisfiesExactly(
                            failed -> assertThat(failed).startsWith("failed notes.txt: the 14 bytes are no PNG"),
                            summary -> assertThat(summary).startsWith("4 of 5 pictures, 4 renditions in "));
            assertThat(ran.err()).contains("of 5, ").doesNotContain("\n");
            try (Stream<Path> written = Files.list(folder.resolve("out"))) {
                assertThat(written.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder(
                                "a-micro.webp", "b-micro.webp", "c.jpg-micro.webp", "c.png-micro.webp");
            }
            assertThat(ImageBytes.read(folder.resolve("out/c.jpg-micro.webp")).format())
                    .isEqualTo(ImageFormat.WEBP);
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(List.of(), "no command given; try image --help"),
                Arguments.of(List.of("info"), "Missing required parameter: 'FILE'"),
                Arguments.of(List.of("preset", "PICTURE"), "Missing required option: '--out=DIR'"),
                Arguments.of(
                        List.of("preset", "PICTURE", "--preset", "tiny", "--out", "OUT"),
                        "there is no preset tiny; there are [micro, thumbnail,"),
                Arguments.of(
                        List.of("preset", "PICTURE", "--preset-file", "PICTURE.json", "--out", "OUT"),
                        "is no list of presets: "),
                Arguments.of(
                        List.of("palette", "PICTURE", "--share", "red"), "colour must look like #FF6600, was \"red\""),
                Arguments.of(List.of("palette", "PICTURE", "--colors", "0"), "maxColors must be 1 to 64, was 0"),
                Arguments.of(
                        List.of("batch", "OUT", "--concurrency", "0", "--out", "OUT"),
                        "concurrency must be 1 to 256, was 0"),
                Arguments.of(
                        List.of("fetch", "http://[", "--out", "OUT"), "Expected closing bracket for IPv6 address"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void badInputGivesOneClearLineAndExitCodeTwo(List<String> args, String message) throws IOException {
        Files.writeString(folder.resolve("circle.png.json"), "[{\"name\": \"x\", \"sise\": 3}]");

        Ran ran = image(args.stream()
                .map(arg -> arg.replace("PICTURE", picture.toString())
                        .replace("OUT", folder.resolve("out").toString()))
                .toArray());

        assertThat(ran.exitCode()).as(ran.out()).isEqualTo(Failures.BAD_INPUT);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).startsWith("error: ").contains(message);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aPictureThatIsNotThereIsNamed() {
        Ran ran = image("compare", picture, folder.resolve("none.png"));

        assertThat(ran.exitCode()).isEqualTo(Failures.FILE);
        assertThat(ran.err()).startsWith("error: cannot read picture " + folder.resolve("none.png") + ": NoSuchFile");
    }
}

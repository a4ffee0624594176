package dev.pictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.adapter.imaging.WebpCodec;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictorEvalTest {

    private static final String RED_AND_BLUE = "ff0000ff00000000ff0000ff".repeat(4);

    @TempDir
    Path work;

    private Path pictures;
    private Path predictions;

    private record Ran(int exitCode, String out, String err) {}

    @BeforeEach
    void makeTheFolder() throws IOException {
        pictures = Files.createDirectory(work.resolve("pictures"));
        predictions = work.resolve("out").resolve("predictions.tsv");
    }

    private static Ran run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>();
        for (Object arg : args) {
            words.add(arg.toString());
        }
        int exitCode =
                PictorEval.run(words.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Ran(exitCode, out.toString(), err.toString());
    }

    private void put(String name, byte[] bytes) throws IOException {
        Files.write(pictures.resolve(name), bytes);
    }

    private void put(String name, String text) throws IOException {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Map<String, String>> predictions() {
        return Tsv.read(predictions).stream()
                .collect(Collectors.toMap(row -> row.getOrDefault("file", ""), Function.identity()));
    }

    private String prediction(String file, String column) {
        return predictions().getOrDefault(file, Map.of()).getOrDefault(column, "no " + column + " of " + file);
    }

    private void putPictures() throws IOException {
        put("good.png", Samples.redAndBlue("png", 40, 20));
        put("good.jpg", Samples.redAndBlue("jpeg", 64, 48));
        put("cut.png", Samples.cut(Samples.redAndBlue("png", 400, 200), 0.9));
        put("page.jpg", "<!doctype html><title>404</title>");
        put("drawing.png", Samples.redAndBlue("gif", 8, 8));
        put("bomb.png", Samples.pngThatDeclares(50_000, 50_000));
    }

    @Nested
    class Predictions {

        @Test
        void haveARowForEachFile() throws IOException {
            putPictures();

            Ran ran = run("images", pictures, "--predictions", predictions);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(Files.readAllLines(predictions).get(0))
                    .isEqualTo("file\tverdict\treason\twidth\theight\tgrid4x4_rgb_hex\tms\tpeak_heap_mb");
            Map<String, Map<String, String>> rows = predictions();
            assertThat(rows).hasSize(6);
            assertThat(rows.get("good.png"))
                    .containsEntry("verdict", "accept")
                    .containsEntry("reason", "")
                    .containsEntry("width", "40")
                    .containsEntry("height", "20")
                    .containsEntry("grid4x4_rgb_hex", RED_AND_BLUE);
            assertThat(rows.get("good.jpg")).containsEntry("verdict", "accept").containsEntry("width", "64");
            assertThat(rows.get("cut.png")).containsEntry("verdict", "warn").containsEntry("reason", "TRUNCATED");
            assertThat(rows.get("page.jpg"))
                    .containsEntry("verdict", "reject")
                    .containsEntry("reason", "NOT_AN_IMAGE: the bytes are an HTML page; send PNG, JPEG or WebP")
                    .containsEntry("width", "")
                    .containsEntry("grid4x4_rgb_hex", "");
            assertThat(prediction("drawing.png", "reason")).startsWith("UNSUPPORTED: the bytes are GIF");
            assertThat(prediction("bomb.png", "reason")).startsWith("TOO_MANY_PIXELS: picture is 50000x50000");
            assertThat(Double.parseDouble(prediction("bomb.png", "peak_heap_mb")))
                    .isLessThan(8);
            assertThat(ran.out()).contains("files    6", "crashes  0", "hangs    0", "slowest ", "largest ");
        }

        @Test
        void takeWebpByTheCodecOfTheAdapter() throws IOException {
            byte[] blue = {0, 0, (byte) 255};
            put(
                    "blue.webp",
                    new WebpCodec()
                            .encode(
                                    Picture.wrap(new PixelSize(1, 1), false, blue),
                                    Encoding.builder(ImageFormat.WEBP).build()));

            assertThat(run("images", pictures, "--predictions", predictions).exitCode())
                    .isZero();
            assertThat(predictions().get("blue.webp")).containsEntry("verdict", "accept");
        }

        @Test
        void obeyTheLimits() throws IOException {
            put("good.png", Samples.redAndBlue("png", 40, 20));

            assertThat(run("images", pictures, "--predictions", predictions, "--max-pixels", 799)
                            .exitCode())
                    .isZero();
            assertThat(prediction("good.png", "reason")).startsWith("TOO_MANY_PIXELS");
            assertThat(run("images", pictures, "--predictions", predictions, "--max-pixels", 800)
                            .exitCode())
                    .isZero();
            assertThat(predictions().get("good.png")).containsEntry("verdict", "accept");
        }

        @Test
        void leaveOutThemselvesAndFolders() throws IOException {
            put("good.png", Samples.redAndBlue("png", 40, 20));
            put("notes.txt", "judged too, for nothing says what is wanted");
            Files.createDirectory(pictures.resolve("more"));
            Path beside = pictures.resolve("predictions.tsv");

            assertThat(run("images", pictures, "--predictions", beside).exitCode())
                    .isZero();
            assertThat(run("images", pictures, "--predictions", beside).exitCode())
                    .isZero();
            assertThat(Tsv.read(beside)).extracting(row -> row.get("file")).containsExactly("good.png", "notes.txt");
        }
    }

    @Nested
    class Table {

        @Test
        void tellsAgreementByCategoryAndDisagreements() throws IOException {
            putPictures();
            put("good.jpg", Samples.redAndBlue("png", 64, 48)); // whose colours every JDK tells alike
            put("README.md", "not judged");
            put("named.txt", "judged, for it is named");
            put(
                    "expected.tsv",
                    String.join(
                            "\n",
                            "file\tcategory\twanted\tgrid4x4_rgb_hex",
                            "good.png\tpng\taccept\t" + RED_AND_BLUE,
                            "good.jpg\tjpeg\taccept\t" + "00ff00".repeat(16),
                            "cut.png\tpng\twarn or reject (truncated)\t",
                            "page.jpg\twrong-type\taccept\t",
                            "drawing.png\twrong-type\treject as UNSUPPORTED gif\t",
                            "bomb.png\tbomb\treject from the header\t",
                            "named.txt\twrong-type\treject\t",
                            "gone.png\tpng\taccept\t"));

            Ran ran = run("images", pictures, "--predictions", predictions);

            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(predictions()).hasSize(7).doesNotContainKey("README.md").doesNotContainKey("expected.tsv");
            assertThat(ran.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
                    .containsSubsequence(
                            "category files verdicts pixels right",
                            "bomb 1 1 of 1 0 of 0 1 of 1",
                            "jpeg 1 1 of 1 0 of 1 0 of 1",
                            "png 3 2 of 3 1 of 1 2 of 3",
                            "wrong-type 3 2 of 3 0 of 0 2 of 3",
                            "total 8 6 of 8 1 of 2 5 of 8",
                            "crashes 0",
                            "hangs 0",
                            "slow 0",
                            "disagreements 3",
                            "good.jpg: mean channel error 170.0; wanted: accept",
                            "page.jpg: reject NOT_AN_IMAGE: the bytes are an HTML page; send PNG, JPEG or WebP;"
                                    + " wanted: accept",
                            "gone.png: no such file; wanted: accept");
        }

        @Test
        void comesFromAnotherFileIfOneIsGiven() throws IOException {
            put("good.png", Samples.redAndBlue("png", 40, 20));
            Path expected = Files.writeString(
                    work.resolve("wanted.tsv"), "file\tcategory\twanted\tgrid4x4_rgb_hex\ngood.png\tpng\treject\t\n");

            Ran ran = run("images", pictures, "--predictions", predictions, "--expected", expected);

            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out()).contains("good.png: accept ; wanted: reject");
        }
    }

    @Nested
    class ExitCodes {

        @Test
        void aHangIsOne() throws IOException {
            put("large.png", Samples.redAndBlue("png", 3000, 3000)); // far more than can be decoded in a millisecond

            Ran ran = run("images", pictures, "--predictions", predictions, "--time-limit", 1);

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(predictions().get("large.png"))
                    .containsEntry("verdict", "hang")
                    .containsEntry("reason", "not done after 1 ms");
            assertThat(ran.out()).contains("hangs    1", "large.png: not done after 1 ms");
        }

        @Test
        void badInputIsTwo() {
            assertThat(run().exitCode()).isEqualTo(2);
            assertThat(run("images", pictures).exitCode()).isEqualTo(2);
            Ran ran = run("images", pictures, "--predictions", predictions, "--max-side", 0);
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err()).isEqualTo("error: maxSidePx must be at least 1, was 0\n");
            assertThat(run("images", pictures, "--predictions", predictions, "--time-limit", 0)
                            .exitCode())
                    .isEqualTo(2);
        }

        @Test
        void aFolderThatIsNotThereIsThree() {
            Ran ran = run("images", pictures.resolve("nowhere"), "--predictions", predictions);

            assertThat(ran.exitCode()).isEqualTo(3);
            assertThat(ran.err()).startsWith("error: cannot list ");
        }
    }
}

package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.adapter.imaging.ImagingCodecs;
import dev.pictor.adapter.imaging.WebpCodec;
import dev.pictor.image.DecodedPicture;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageHeader;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.ImagePreset;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.ImageWarning;
import dev.pictor.image.Imaging;
import dev.pictor.image.ImagingBuilder;
import dev.pictor.image.Orientation;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Rendition;
import dev.pictor.image.Resize;
import dev.pictor.image.Sha256;
import dev.pictor.image.TargetSizeException;
import dev.pictor.image.batch.BatchOutcome;
import dev.pictor.image.batch.ImageBatch;
import dev.pictor.image.batch.PixelBudget;
import dev.pictor.image.color.LabColor;
import dev.pictor.image.color.RgbColor;
import dev.pictor.image.color.WcagContrast;
import dev.pictor.image.fetch.ImageFetchException;
import dev.pictor.image.fetch.ImageFetcher;
import dev.pictor.image.measure.ColorShares;
import dev.pictor.image.measure.Palette;
import dev.pictor.image.measure.PerceptualHash;
import dev.pictor.image.measure.PictureStructure;
import dev.pictor.image.measure.StructureFinding;
import dev.pictor.image.measure.StructureLimits;
import dev.pictor.trace.ArtifactRef;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.MemoryRunStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/pictures.md. */
class PicturesTest {

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void draw() {
        file = folder.resolve("chair.png");
        Imaging.ofDefaults().encode(shapes(), Encoding.png()).writeTo(file);
    }

    /** Blue on the left, red on the right with a dark corner. */
    private static Picture shapes() {
        byte[] samples = new byte[3 * 400 * 300];
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                int color = x < 100 ? 0x2040A0 : x > 300 && y > 200 ? 0x202020 : 0xC03020;
                int at = 3 * (y * 400 + x);
                samples[at] = (byte) (color >> 16);
                samples[at + 1] = (byte) (color >> 8);
                samples[at + 2] = (byte) color;
            }
        }
        return Picture.wrap(new PixelSize(400, 300), false, samples);
    }

    @Test
    void read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (InputStream stream = new ByteArrayInputStream(bytes)) {
            // @start region="read"
            ImageBytes fromFile = ImageBytes.read(file);
            ImageBytes fromStream = ImageBytes.read(stream);
            ImageBytes fromBytes = ImageBytes.of(bytes);
            ImageBytes fromUri = ImageBytes.ofDataUri(fromFile.toDataUri());

            ArtifactStore artifacts = new MemoryRunStore();
            ArtifactRef kept = artifacts.put(fromFile);
            ImageBytes fromStore = artifacts.image(kept.sha256()).orElseThrow();
            // @end
            assertThat(List.of(fromStream, fromBytes, fromUri, fromStore)).containsOnly(fromFile);
        }
    }

    @Test
    void fetch() throws InterruptedException {
        String said = "";
        // @start region="fetch"
        ImageFetcher fetcher = ImageFetcher.builder()
                .timeout(Duration.ofSeconds(5))
                .maxRedirects(2)
                .build();
        try {
            ImageBytes image = fetcher.fetch(URI.create("http://169.254.169.254/latest/meta-data"));
            said = image.toString();
        } catch (ImageFetchException e) {
            said = e.reason() + ": " + e.getMessage();
        }
        // @end
        assertThat(said).startsWith("ADDRESS_REFUSED: ");
    }

    @Test
    void probe() {
        // @start region="probe"
        ImageHeader header = ImageBytes.read(file).header();
        PixelSize upright = header.uprightSize();
        Orientation turned = header.orientation();
        boolean seeThrough = header.hasAlpha();
        // @end
        assertThat(upright).isEqualTo(new PixelSize(400, 300));
        assertThat(turned).isEqualTo(Orientation.UPRIGHT);
        assertThat(seeThrough).isFalse();
    }

    @Test
    void limits() {
        // @start region="limits"
        ImageLimits limits = ImageLimits.builder()
                .maxBytes(10_000_000)
                .maxSidePx(4096)
                .maxPixels(16_000_000)
                .build();
        ImageBytes upload = ImageBytes.read(file, limits);
        Imaging imaging = Imaging.builder().limits(limits).build();
        // @end
        assertThat(imaging.decode(upload).picture().width()).isEqualTo(400);
    }

    @Test
    void decode() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        ImageBytes image = ImageBytes.of(Arrays.copyOf(whole, whole.length / 2));
        boolean usable = true;
        // @start region="decode"
        DecodedPicture decoded = Imaging.ofDefaults().decode(image);
        Picture picture = decoded.picture();
        RgbColor corner = picture.color(0, 0);
        for (ImageWarning warning : decoded.warnings()) {
            if (warning.kind() == ImageWarning.Kind.TRUNCATED) {
                usable = false; // or not: the rows that came are right
            }
        }
        // @end
        assertThat(usable).isFalse();
        assertThat(corner).isEqualTo(RgbColor.parse("#2040A0"));
        assertThat(picture.color(399, 299)).isEqualTo(RgbColor.WHITE);
    }

    @Test
    void small() {
        ImageBytes image = ImageBytes.read(file);
        // @start region="small"
        Picture small = Imaging.ofDefaults().decode(image, Resize.fit(200, 200)).picture();
        BufferedImage awt = small.toBufferedImage();
        Picture back = Picture.from(awt);
        // @end
        assertThat(back).isEqualTo(small);
        assertThat(small.size()).isEqualTo(new PixelSize(200, 150));
    }

    @Test
    void presets() {
        // @start region="presets"
        Imaging imaging = Imaging.ofDefaults();
        ImageBytes image = ImageBytes.read(file);
        ImagePreset card = ImagePreset.of("card", Resize.fill(240, 160), Encoding.jpeg(82));

        ImageBytes small = imaging.render(image, card).image();
        List<Rendition> both = imaging.render(image, List.of(card, ImagePreset.STANDARD));
        // @end
        assertThat(small.size()).isEqualTo(new PixelSize(240, 160));
        assertThat(both)
                .extracting(rendition -> rendition.image().size())
                .containsExactly(new PixelSize(240, 160), new PixelSize(400, 300));
        assertThat(both.get(0).image()).isEqualTo(small);
    }

    @Test
    void encode() {
        Picture picture = shapes();
        ImageBytes result = null;
        // @start region="encode"
        Encoding encoding =
                Encoding.jpeg(85).toBuilder().maxBytes(4_000).minQuality(40).build();
        try {
            result = Imaging.ofDefaults().encode(picture, encoding);
        } catch (TargetSizeException e) {
            Picture half = picture.resized(Resize.fit(picture.width() / 2, picture.height() / 2));
            result = Imaging.ofDefaults().encode(half, encoding);
        }
        // @end
        assertThat(result).isNotNull();
        assertThat(result.byteCount()).isLessThanOrEqualTo(4_000);
    }

    @Test
    void webp() {
        // @start region="webp"
        ImagingBuilder builder = Imaging.builder();
        ImagingCodecs.all().forEach(builder::addCodec);
        Imaging imaging = builder.build();

        ImagePreset preset = WebpCodec.isAvailable()
                ? ImagePreset.THUMBNAIL
                : ImagePreset.of("thumbnail", Resize.fit(200, 200), Encoding.jpeg(80));
        ImageBytes thumbnail = imaging.render(ImageBytes.read(file), preset).image();
        // @end
        assertThat(thumbnail.size()).isEqualTo(new PixelSize(200, 150));
        assertThatExceptionOfType(ImageRejectedException.class)
                .isThrownBy(() -> Imaging.ofDefaults().render(ImageBytes.read(file), ImagePreset.THUMBNAIL))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(ImageRejectedException.Reason.NO_CODEC));
    }

    @Test
    void batch() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        List<Path> files = List.of(file, broken);
        Imaging imaging = Imaging.ofDefaults();
        int failures = 0;
        // @start region="batch"
        ImageBatch batch = ImageBatch.builder(imaging)
                .concurrency(4)
                .budget(PixelBudget.of(100_000_000))
                .listener(progress -> assertThat(progress.total()).isEqualTo(2))
                .build();
        List<Supplier<ImageBytes>> items = files.stream()
                .map(path -> (Supplier<ImageBytes>) () -> ImageBytes.read(path))
                .toList();
        for (BatchOutcome<List<Rendition>> outcome : batch.render(items, List.of(ImagePreset.STANDARD))) {
            if (outcome instanceof BatchOutcome.Failed<List<Rendition>> failed) {
                failures += failed.failure() instanceof ImageRejectedException ? 1 : 0;
            }
        }
        // @end
        assertThat(failures).isEqualTo(1);
    }

    @Test
    void hashes() {
        ImageBytes image = ImageBytes.read(file);
        ImageBytes other = Imaging.ofDefaults().encode(shapes(), Encoding.jpeg(70));
        // @start region="hashes"
        Imaging imaging = Imaging.ofDefaults();
        Picture a = imaging.decode(image).picture();
        Picture b = imaging.decode(other).picture();

        Sha256 ofBytes = image.sha256(); // the same file
        Sha256 ofPixels = a.digest(); // the same pixels, in whatever file
        PerceptualHash.Likeness likeness = PerceptualHash.of(a).likeness(PerceptualHash.of(b)); // looks the same
        // @end
        assertThat(ofBytes).isNotEqualTo(ofPixels);
        assertThat(likeness).isEqualTo(PerceptualHash.Likeness.SAME);
    }

    @Test
    void colors() {
        Picture picture = shapes();
        // @start region="colors"
        Palette palette = Palette.of(picture, 5);
        RgbColor main = palette.swatches().get(0).color();

        RgbColor brand = RgbColor.parse("#2040A0");
        double share = ColorShares.of(picture, List.of(brand)).share(brand);

        double difference = LabColor.of(main).deltaE2000(LabColor.of(brand));
        boolean readable = WcagContrast.AA_TEXT.isMetBy(main, RgbColor.WHITE);
        // @end
        assertThat(main).isEqualTo(RgbColor.parse("#C03020"));
        assertThat(share).isBetween(0.24, 0.26);
        assertThat(difference).isGreaterThan(20);
        assertThat(readable).isTrue();
    }

    @Test
    void structure() {
        DecodedPicture decoded = Imaging.ofDefaults().decode(ImageBytes.read(file));
        boolean refused = false;
        // @start region="structure"
        PictureStructure structure = PictureStructure.of(decoded.picture());
        StructureLimits limits = StructureLimits.builder().minSidePx(512).build();
        for (StructureFinding finding : limits.judge(structure, decoded.warnings())) {
            if (finding.severity() == StructureFinding.Severity.REFUSE) {
                refused = true;
            }
        }
        // @end
        assertThat(refused).isTrue();
        assertThat(StructureLimits.ofDefaults().judge(decoded))
                .noneMatch(finding -> finding.severity() == StructureFinding.Severity.REFUSE);
    }

    @Test
    void refused() {
        String said = "";
        byte[] upload = "<html><body>Not found</body></html>".getBytes(StandardCharsets.UTF_8);
        // @start region="refused"
        try {
            said = ImageBytes.of(upload).toString();
        } catch (ImageRejectedException e) {
            said = switch (e.reason()) {
                case TOO_MANY_BYTES, TOO_MANY_PIXELS -> "send a smaller picture";
                case NOT_AN_IMAGE, UNSUPPORTED -> "send PNG, JPEG or WebP: " + e.getMessage();
                default -> "the picture is broken: " + e.getMessage();
            };
        }
        // @end
        assertThat(said).isEqualTo("send PNG, JPEG or WebP: the bytes are an HTML page; send PNG, JPEG or WebP");
    }

    @Test
    void theCodecOfTheGuideIsAskedBeforeTheJdk() {
        Imaging imaging = Imaging.builder().addCodec(new RgbPngCodec()).build();

        assertThat(imaging.decode(ImageBytes.read(file)).picture()).isEqualTo(shapes());
    }
}

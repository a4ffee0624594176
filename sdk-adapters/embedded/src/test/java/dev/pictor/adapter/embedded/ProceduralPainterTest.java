package dev.pictor.adapter.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageRequestBuilder;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.PlannedUse;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProceduralPainterTest {

    private static final PixelSize SMALL = new PixelSize(256, 256);
    private static final Color REFERENCE = new Color(0x20, 0xC0, 0x40);
    private static final String GARDEN = "impressionist garden with flowers";

    private final ProceduralPainter painter = new ProceduralPainter();

    private ImageResult paint(ImageRequestBuilder request) {
        try {
            return painter.generate(request.build(), Calls.unbounded());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ImageBytes small(String prompt) {
        return paint(ImageRequest.builder(prompt).size(SMALL)).images().get(0);
    }

    private static ImageBytes reference(int width, int height) {
        return Pixels.encode(Pixels.filled(width, height, REFERENCE), "png");
    }

    private static void refuses(ModelException thrown, String... message) {
        assertThat(thrown.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(thrown.billed()).isEqualTo(Billed.NOT_SENT);
        assertThat(thrown).hasMessageContainingAll(message);
    }

    @Test
    void saysWhatItCanDoAndThatItIsFree() {
        ModelProfile profile = painter.profile();

        assertThat(profile.id()).isEqualTo("procedural-painter-1");
        assertThat(profile.provider()).isEqualTo("pictor.embedded");
        assertThat(profile.maxReferences()).isEqualTo(4);
        assertThat(profile.supportsMask()).isTrue();
        assertThat(profile.supportsSeed()).isTrue();
        assertThat(profile.maxCount()).isEqualTo(10);
        assertThat(profile.maxSize()).contains(new PixelSize(4096, 4096));
        ImageResult result = paint(ImageRequest.builder(GARDEN).size(SMALL).count(2));
        assertThat(result.servedBy()).isEqualTo("procedural-painter-1");
        assertThat(result.usage().images()).isEqualTo(2);
        assertThat(profile.price().flatMap(price -> price.actual(result.usage(), PlannedUse.none(), LocalDate.EPOCH)))
                .contains(Money.usd(0));
    }

    @Nested
    class Repeating {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    GARDEN,
                    "photo of an old fisherman",
                    "flowchart of an order process",
                    "product photo of a mug",
                    "watercolor of the sea",
                    "cubist city",
                    "pencil sketch of a house",
                    "pop art cat",
                    "pixel art forest",
                    "abstract"
                })
        void paintsTheSameBytesForTheSameRequest(String prompt) {
            ImageRequestBuilder request =
                    ImageRequest.builder(prompt).size(SMALL).seed(7).addReferences(reference(40, 30));

            assertThat(paint(request).images()).isEqualTo(paint(request).images());
        }

        @ParameterizedTest
        @ValueSource(strings = {GARDEN, "photo of a cat", "flowchart of an order process", "product photo of a mug"})
        void paintsAnotherPictureForAnotherSeed(String prompt) {
            ImageRequestBuilder request = ImageRequest.builder(prompt).size(SMALL);

            assertThat(paint(request.seed(1)).images())
                    .isNotEqualTo(paint(request.seed(2)).images());
        }

        @ParameterizedTest
        @ValueSource(strings = {GARDEN, "photo of a lake", "bar chart of sales", "product photo of a mug"})
        void paintsAsManyDifferentPicturesAsAsked(String prompt) {
            List<ImageBytes> images =
                    paint(ImageRequest.builder(prompt).size(SMALL).count(4)).images();

            assertThat(images).hasSize(4);
            assertThat(new HashSet<>(images)).hasSize(4);
        }
    }

    @Nested
    class Sizes {

        @ParameterizedTest
        @CsvSource({"64x64", "64x700", "640x66", "301x199"})
        void honoursTheSizeExactly(PixelSize size) {
            for (String prompt : List.of(GARDEN, "photo of a city", "network diagram", "a red chair")) {
                ImageBytes image =
                        paint(ImageRequest.builder(prompt).size(size)).images().get(0);

                assertThat(image.size()).isEqualTo(size);
                assertThat(image.format()).isEqualTo(ImageFormat.PNG);
            }
        }

        @Test
        void paintsTheLargestSize() {
            PixelSize largest = new PixelSize(4096, 64);

            assertThat(paint(ImageRequest.builder(GARDEN).size(largest)).images())
                    .extracting(ImageBytes::size)
                    .containsExactly(largest);
        }

        @Test
        void paintsAnAspectRatioWithTheUsualLongSide() {
            ImageRequestBuilder request = ImageRequest.builder("bar chart").aspectRatio(new AspectRatio(9, 16));

            assertThat(paint(request).images()).extracting(ImageBytes::size).containsExactly(new PixelSize(576, 1024));
        }

        @Test
        void paintsTheUsualSizeIfNoneIsAskedFor() {
            assertThat(paint(ImageRequest.builder("bar chart")).images())
                    .extracting(ImageBytes::size)
                    .containsExactly(new PixelSize(1024, 1024));
        }

        @ParameterizedTest
        @CsvSource({"63x64", "64x63", "4097x64", "64x4097"})
        void refusesASizeOutOfRange(PixelSize size) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> paint(ImageRequest.builder(GARDEN).size(size)))
                    .satisfies(thrown -> refuses(thrown, "64 to 4096 pixels a side", size.toString()));
        }
    }

    @Nested
    class Referring {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "photo of a living room",
                    "product photo of this item",
                    GARDEN,
                    "flowchart of an order process"
                })
        void showsAReference(String prompt) {
            BufferedImage without = Pixels.decode(small(prompt));
            BufferedImage with =
                    Pixels.decode(paint(ImageRequest.builder(prompt).size(SMALL).addReferences(reference(90, 90)))
                            .images()
                            .get(0));

            assertThat(Pixels.share(without, REFERENCE, 48)).isLessThan(0.02);
            assertThat(Pixels.share(with, REFERENCE, 48)).isGreaterThan(0.15);
        }

        @Test
        void showsSeveralReferencesSideBySide() {
            List<Color> colours = List.of(Color.RED, Color.BLUE, REFERENCE, Color.MAGENTA);
            ImageRequestBuilder request = ImageRequest.builder("product photo").size(SMALL);
            colours.forEach(colour -> request.addReferences(Pixels.encode(Pixels.filled(200, 300, colour), "jpg")));

            BufferedImage picture = Pixels.decode(paint(request).images().get(0));

            assertThat(colours)
                    .allSatisfy(colour ->
                            assertThat(Pixels.share(picture, colour, 24)).isGreaterThan(0.02));
        }

        @Test
        void showsACutOutReferenceWithoutAFrame() {
            BufferedImage cutOut = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
            for (int i = 40; i < 60; i++) {
                cutOut.setRGB(i, 50, REFERENCE.getRGB());
            }
            ImageRequestBuilder request = ImageRequest.builder("product photo").size(SMALL);

            BufferedImage opaque = Pixels.decode(paint(
                            request.addReferences(Pixels.encode(Pixels.filled(100, 100, Color.BLACK), "png")))
                    .images()
                    .get(0));
            BufferedImage clear = Pixels.decode(paint(request.references(List.of(Pixels.encode(cutOut, "png"))))
                    .images()
                    .get(0));

            assertThat(Tint.luma(opaque.getRGB(128, 110))).isLessThan(40);
            assertThat(Tint.luma(clear.getRGB(128, 110))).isGreaterThan(200);
        }

        @Test
        void refusesWebP() {
            ImageBytes webp =
                    ImageBytes.of(Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="));

            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> paint(ImageRequest.builder(GARDEN).addReferences(webp)))
                    .satisfies(thrown -> refuses(thrown, "reference 1", "WEBP", "PNG or JPEG"));
        }

        @Test
        void refusesAPictureThatIsCutOff() {
            byte[] whole = reference(90, 90).toByteArray();
            ImageBytes broken = ImageBytes.of(Arrays.copyOf(whole, 40));

            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() ->
                            paint(ImageRequest.builder(GARDEN).size(SMALL).addReferences(reference(9, 9), broken)))
                    .satisfies(thrown -> refuses(thrown, "reference 2", "PNG"));
        }
    }

    @Nested
    class Masking {

        private final ImageBytes mask = Pixels.encode(Pixels.mask(200, 120), "png");

        @Test
        void paintsOnlyWhereTheMaskIsTransparent() {
            BufferedImage picture = Pixels.decode(paint(ImageRequest.builder("oil painting of the sea")
                            .addReferences(reference(200, 120))
                            .mask(mask))
                    .images()
                    .get(0));

            assertThat(Pixels.share(picture.getSubimage(0, 0, 100, 120), REFERENCE, 0))
                    .isEqualTo(1);
            assertThat(Pixels.share(picture.getSubimage(100, 0, 100, 120), REFERENCE, 16))
                    .isLessThan(0.05);
        }

        @Test
        void warnsThatTheReferenceSetsTheSize() {
            ImageResult result = paint(ImageRequest.builder(GARDEN)
                    .size(SMALL)
                    .addReferences(reference(200, 120))
                    .mask(mask));

            assertThat(result.images()).extracting(ImageBytes::size).containsExactly(new PixelSize(200, 120));
            assertThat(result.warnings()).singleElement().satisfies(warning -> {
                assertThat(warning.option()).isEqualTo("size");
                assertThat(warning.message()).contains("200x120");
            });
        }

        @Test
        void refusesAMaskOfAnotherSize() {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> paint(ImageRequest.builder(GARDEN)
                            .addReferences(reference(90, 90))
                            .mask(mask)))
                    .satisfies(thrown -> refuses(thrown, "90x90", "200x120"));
        }
    }

    @Test
    void warnsOfEachOption() {
        ImageResult result = paint(ImageRequest.builder(GARDEN)
                .size(SMALL)
                .putOptions("quality", "high")
                .putOptions("steps", 30));

        assertThat(result.warnings()).extracting("option").containsExactlyInAnyOrder("quality", "steps");
    }

    @Nested
    class Stopping {

        @Test
        void stopsWhenTheThreadIsInterrupted() {
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(
                            () -> painter.generate(ImageRequest.builder(GARDEN).build(), Calls.unbounded()));
            assertThat(Thread.interrupted()).isFalse();
        }

        @Test
        void stopsInTheMiddleOfAPicture() {
            Canvas canvas = new Canvas(SMALL, new Checkpoint("painter", Calls.unbounded()));
            Scene scene = new Scene(canvas, Lexicon.WORDS.read(GARDEN), List.of(), 1);
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedException.class).isThrownBy(scene::paint);
        }

        @Test
        void stopsWhenTheCallIsCancelled() {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(
                            () -> painter.generate(ImageRequest.builder(GARDEN).build(), Calls.cancelled()))
                    .satisfies(thrown -> assertThat(thrown.reason()).isEqualTo(Reason.CANCELLED));
        }
    }

    @Nested
    class Media {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "flowchart of an order process",
                    "network diagram of an office",
                    "timeline of space travel",
                    "bar chart of sales",
                    "pie chart of a budget",
                    "architecture diagram of a shop",
                    "Clean diagram of a login, legible layout, flat colours, photo of nothing"
                })
        void drawsDiagramsOnWhite(String prompt) {
            assertThat(Pixels.share(Pixels.decode(small(prompt)), Color.WHITE, 20))
                    .isGreaterThan(0.6);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "product photo of a ceramic mug on white background",
                    "a red chair",
                    "Studio product photograph of a navy watch, seamless background, sharp focus, shallow depth of field"
                })
        void putsProductsBeforeALightEvenBackdrop(String prompt) {
            int[] corners = Pixels.corners(Pixels.decode(small(prompt)));

            assertThat(corners[0]).isGreaterThan(200);
            assertThat(corners[1] - corners[0]).isLessThan(24);
        }

        @ParameterizedTest
        @ValueSource(strings = {"garden with flowers", "lake in the mountains", "beach at sunset", "desert dunes"})
        void paintsRougherThanItPhotographs(String subject) {
            double painted = Pixels.roughness(Pixels.decode(small("impressionist painting of " + subject)));
            double photographed = Pixels.roughness(Pixels.decode(small("photograph of " + subject)));

            assertThat(painted).isGreaterThan(photographed * 1.2);
        }

        @ParameterizedTest
        @CsvSource({"a red chair, #c8262c", "an emerald bottle, #12805c", "product photo of a blue mug, #2f6fc4"})
        void paintsThingsInTheColourNamed(String prompt, String colour) {
            assertThat(Pixels.share(Pixels.decode(small(prompt)), Color.decode(colour), 60))
                    .isGreaterThan(0.03);
        }
    }
}

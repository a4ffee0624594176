package dev.pictor.benchmarks;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImagePreset;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Resize;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Measures what decoding row by row gains over {@link ImageIO}, which gives whole pictures: a PNG and a JPEG of 12 million
 * pixels, as pixels and resized to 200 pixels while they come. Prints time and allocation of one thread, jobs in turns.
 */
public final class PictureDecoding {

    private static final int WARM_UPS = 4;
    private static final int TURNS = 9;
    private static final Resize SMALL = Resize.fit(200, 200);

    private final Imaging imaging = Imaging.ofDefaults();

    private PictureDecoding() {}

    /**
     * Prints the figures.
     *
     * @param args none
     * @throws Exception if anything fails
     */
    public static void main(String[] args) throws Exception {
        ThumbnailatorColumn.prepareImageIo();
        PictureDecoding decoding = new PictureDecoding();
        Picture photo = TestPictures.photo(4000, 3000);
        Encoding jpeg = Encoding.jpeg(88);
        decoding.measure("PNG 4000x3000", photo, Encoding.png());
        decoding.measure("JPEG 4000x3000", photo, jpeg);
        decoding.measure(
                "JPEG 4000x3000 progressive",
                photo,
                jpeg.toBuilder().isProgressive(true).build());
    }

    private void measure(String name, Picture picture, Encoding encoding) throws Exception {
        byte[] bytes = imaging.encode(picture, encoding).toByteArray();
        ImagePreset small = ImagePreset.of("small", SMALL, Encoding.png());
        List<Times> times = Times.ofTurns(
                WARM_UPS,
                TURNS,
                List.of(
                        () -> imaging.decode(ImageBytes.wrap(bytes)),
                        () -> read(bytes),
                        () -> imaging.render(ImageBytes.wrap(bytes), small),
                        () -> imaging.encode(picture(read(bytes)).resized(SMALL), Encoding.png())));
        List<String> jobs = List.of(
                "Imaging.decode", "ImageIO.read", "Imaging.render to 200 px", "ImageIO.read, then resized to 200 px");
        for (int i = 0; i < jobs.size(); i++) {
            Times time = times.get(i);
            System.out.println(String.format(
                    Locale.ROOT,
                    "decoding    %s, %.1f MB: %-36s min %.0f ms, median %.0f ms, cpu %.0f ms, allocated %.1f MB",
                    name,
                    bytes.length / 1e6,
                    jobs.get(i),
                    time.min(),
                    time.median(),
                    time.cpu(),
                    time.allocatedMegabytes()));
        }
    }

    private static BufferedImage read(byte[] bytes) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    /** Returns the picture that was read, by nothing but a copy of its samples in another order. */
    private static Picture picture(BufferedImage image) {
        byte[] from = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int[] offsets = ((PixelInterleavedSampleModel) image.getSampleModel()).getBandOffsets();
        byte[] samples = new byte[from.length];
        for (int i = 0; i < samples.length; i += 3) {
            samples[i] = from[i + offsets[0]];
            samples[i + 1] = from[i + offsets[1]];
            samples[i + 2] = from[i + offsets[2]];
        }
        return Picture.wrap(new PixelSize(image.getWidth(), image.getHeight()), false, samples);
    }
}

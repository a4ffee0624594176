package dev.pictor.benchmarks;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Resize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures how near resized pictures come to exact Lanczos3: by Pictor, libvips where its {@code vipsthumbnail} is
 * installed, Thumbnailator and the bicubic scaling of AWT. All start from the same pixels, without a lossy format between.
 */
public final class PictureQuality {

    private final Imaging imaging = Imaging.ofDefaults();
    private final Path folder;
    private final Optional<LibVips> vips;

    private PictureQuality(Path folder, Optional<LibVips> vips) {
        this.folder = folder;
        this.vips = vips;
    }

    /**
     * Prints the figures.
     *
     * @param args none
     * @throws Exception if anything fails
     */
    public static void main(String[] args) throws Exception {
        Path folder = PictureTimes.folder();
        PictureQuality quality = new PictureQuality(folder, LibVips.find(folder));
        quality.measure("photo 4000x3000 to 200", TestPictures.photo(4000, 3000), 200);
        quality.measure("zone plate 2048 to 600", TestPictures.zonePlate(2048), 600);
    }

    private void measure(String name, Picture picture, int side) throws Exception {
        PixelSize box = new PixelSize(side, side);
        Picture ours = picture.resized(Resize.fit(side, side));
        ExactResize exact = ExactResize.of(picture, ours.size());
        print(name, "Pictor", exact, ours);
        if (vips.isPresent()) {
            Path file = folder.resolve("quality.png");
            imaging.encode(picture, Encoding.png()).writeTo(file);
            print(
                    name,
                    "libvips",
                    exact,
                    imaging.decode(ImageBytes.read(vips.get().png(file, box))).picture());
        }
        BufferedImage image = toAwt(picture);
        print(name, "Thumbnailator", exact, fromAwt(ThumbnailatorColumn.resized(image, box)));
        print(name, "AWT bicubic", exact, fromAwt(bicubic(image, ours.size())));
    }

    private static void print(String name, String by, ExactResize exact, Picture picture) {
        System.out.println(String.format(
                Locale.ROOT,
                "quality     %s by %-13s PSNR %.1f dB, SSIM %.4f",
                name,
                by,
                exact.psnr(picture),
                exact.ssim(picture)));
    }

    private static BufferedImage bicubic(BufferedImage image, PixelSize size) {
        BufferedImage result = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, size.width(), size.height(), null);
        graphics.dispose();
        return result;
    }

    private static BufferedImage toAwt(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                image.setRGB(x, y, picture.color(x, y).packed());
            }
        }
        return image;
    }

    /** Returns an image of AWT, which is sRGB, as a picture. */
    static Picture fromAwt(BufferedImage image) {
        int width = image.getWidth();
        int[] row = new int[width];
        byte[] samples = new byte[3 * width * image.getHeight()];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int rgb : row) {
                samples[at++] = (byte) (rgb >> 16);
                samples[at++] = (byte) (rgb >> 8);
                samples[at++] = (byte) rgb;
            }
        }
        return Picture.wrap(new PixelSize(width, image.getHeight()), false, samples);
    }
}

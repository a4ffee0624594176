package dev.pictor.adapter.imaging;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.PixelSize;
import java.io.ByteArrayOutputStream;

/** Writes JPEGs in lossless mode (ITU T.81, annex H), which no encoder here does. */
final class LosslessJpeg {

    private static final int CODE_BITS = 5; // room for 17 categories of a difference, all codes of one length

    private static final int PRECISION = 8;

    private final int width;
    private final int height;
    private final int components;
    private int predictor = 1;
    private int rowsBetweenRestarts;
    private int adobeTransform = -1;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int pendingBits;

    private LosslessJpeg(PixelSize size, int components) {
        this.width = size.width();
        this.height = size.height();
        this.components = components;
    }

    static LosslessJpeg of(PixelSize size, int components) {
        return new LosslessJpeg(size, components);
    }

    /** 1 to 7. Default: 1, the sample to the left. */
    @CanIgnoreReturnValue
    LosslessJpeg predictor(int number) {
        predictor = number;
        return this;
    }

    /** Default: 0, no restarts. */
    @CanIgnoreReturnValue
    LosslessJpeg rowsBetweenRestarts(int rows) {
        rowsBetweenRestarts = rows;
        return this;
    }

    /** Writes an Adobe segment: 0 for colours as they are, 1 for colour differences. Default: none. */
    @CanIgnoreReturnValue
    LosslessJpeg adobeTransform(int transform) {
        adobeTransform = transform;
        return this;
    }

    /** The samples lie pixel by pixel. */
    byte[] encode(int... samples) {
        headers();
        scan(samples);
        marker(0xD9);
        return out.toByteArray();
    }

    private void headers() {
        marker(0xD8);
        if (adobeTransform >= 0) {
            marker(0xEE);
            bytes(0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, adobeTransform);
        }
        marker(0xC3);
        bytes(0, 8 + 3 * components, PRECISION, height >> 8, height, width >> 8, width, components);
        for (int i = 1; i <= components; i++) {
            bytes(i, 0x11, 0);
        }
        marker(0xC4);
        bytes(0, 2 + 1 + 16 + 17, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (int category = 0; category <= 16; category++) {
            bytes(category);
        }
        if (rowsBetweenRestarts > 0) {
            marker(0xDD);
            bytes(0, 4, (rowsBetweenRestarts * width) >> 8, rowsBetweenRestarts * width);
        }
        marker(0xDA);
        bytes(0, 6 + 2 * components, components);
        for (int i = 1; i <= components; i++) {
            bytes(i, 0);
        }
        bytes(predictor, 0, 0);
    }

    private void scan(int... samples) {
        for (int y = 0; y < height; y++) {
            boolean fresh = y == 0;
            if (rowsBetweenRestarts > 0 && y > 0 && y % rowsBetweenRestarts == 0) {
                flush();
                marker(0xD0 + (y / rowsBetweenRestarts - 1) % 8);
                fresh = true;
            }
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < components; c++) {
                    int at = (y * width + x) * components + c;
                    difference((short) (samples[at] - prediction(samples, at, x, fresh)));
                }
            }
        }
        flush();
    }

    private int prediction(int[] samples, int at, int x, boolean fresh) {
        if (fresh) {
            return x == 0 ? 1 << (PRECISION - 1) : samples[at - components];
        }
        int above = samples[at - width * components];
        if (x == 0) {
            return above;
        }
        int left = samples[at - components];
        int aboveLeft = samples[at - width * components - components];
        return switch (predictor) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> aboveLeft;
            case 4 -> left + above - aboveLeft;
            case 5 -> left + ((above - aboveLeft) >> 1);
            case 6 -> above + ((left - aboveLeft) >> 1);
            default -> (left + above) / 2;
        };
    }

    private void difference(int difference) {
        int category = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
        bits(category, CODE_BITS);
        bits(difference > 0 ? difference : difference - 1, category);
    }

    private void bits(int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            pending = (pending << 1) | ((value >> i) & 1);
            if (++pendingBits == 8) {
                out.write(pending);
                if ((pending & 0xFF) == 0xFF) {
                    out.write(0);
                }
                pending = 0;
                pendingBits = 0;
            }
        }
    }

    private void flush() {
        if (pendingBits > 0) {
            bits(0xFF, 8 - pendingBits);
        }
    }

    private void marker(int code) {
        bytes(0xFF, code);
    }

    private void bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
    }
}

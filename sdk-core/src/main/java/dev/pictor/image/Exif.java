package dev.pictor.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the one EXIF value that pixels cannot do without.
 *
 * <p>Source: TIFF 6.0, section 2; CIPA DC-008-2019 (EXIF 2.32) 4.5.
 */
final class Exif {

    /** A directory of a camera has fewer than 100 entries; what follows is not looked at. */
    private static final int MAX_ENTRIES = 512;

    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private Exif() {}

    /** Reads the orientation from the first directory. Broken EXIF, of which there is much, means upright. */
    static Orientation orientation(ByteBuffer exif) {
        ByteBuffer in = exif.slice();
        if (in.limit() >= 6 && in.getInt(0) == 0x45786966) { // "Exif", two zeros, then TIFF
            in = in.slice(6, in.limit() - 6);
        }
        if (in.limit() < 8) {
            return Orientation.UPRIGHT;
        }
        int mark = in.getShort(0);
        if (mark != 0x4949 && mark != 0x4D4D) {
            return Orientation.UPRIGHT;
        }
        in.order(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = in.getInt(4);
        if (in.getShort(2) != 42 || directory < 8 || directory > in.limit() - 2) {
            return Orientation.UPRIGHT;
        }
        int entries = Math.min(Short.toUnsignedInt(in.getShort(directory)), MAX_ENTRIES);
        for (int i = 0; i < entries; i++) {
            int at = directory + 2 + 12 * i;
            if (at > in.limit() - 12) {
                break;
            }
            if (Short.toUnsignedInt(in.getShort(at)) == ORIENTATION) {
                return switch (in.getShort(at + 2)) {
                    case SHORT -> Orientation.ofExif(Short.toUnsignedInt(in.getShort(at + 8)));
                    case LONG -> Orientation.ofExif(in.getInt(at + 8));
                    default -> Orientation.UPRIGHT;
                };
            }
        }
        return Orientation.UPRIGHT;
    }
}

package dev.pictor.image;

import java.util.List;

/**
 * How the stored rows of a picture lie against the upright picture: tag 0x0112 of EXIF. Immutable.
 *
 * <p>Source: CIPA DC-008-2019 (EXIF 2.32) 4.6.5, table 6.
 */
public enum Orientation {
    /** 1: upright as stored. */
    UPRIGHT(1, false, false, false),
    /** 2: mirrored left to right. */
    MIRRORED(2, false, true, false),
    /** 3: turned by 180 degrees. */
    UPSIDE_DOWN(3, false, true, true),
    /** 4: mirrored top to bottom. */
    FLIPPED(4, false, false, true),
    /** 5: rows are columns; mirrored on the diagonal from top left. */
    TRANSPOSED(5, true, false, false),
    /** 6: to be turned by 90 degrees clockwise. */
    TURN_RIGHT(6, true, true, false),
    /** 7: rows are columns; mirrored on the diagonal from top right. */
    TRANSVERSED(7, true, true, true),
    /** 8: to be turned by 90 degrees anticlockwise. */
    TURN_LEFT(8, true, false, true);

    private static final List<Orientation> BY_EXIF = List.of(values());

    private final int exif;
    private final boolean swapsSides;
    private final boolean mirrorsColumns;
    private final boolean mirrorsRows;

    Orientation(int exif, boolean swapsSides, boolean mirrorsColumns, boolean mirrorsRows) {
        this.exif = exif;
        this.swapsSides = swapsSides;
        this.mirrorsColumns = mirrorsColumns;
        this.mirrorsRows = mirrorsRows;
    }

    /**
     * Returns the orientation of an EXIF value. Files in the wild hold any number here; what is no orientation means
     * upright, as everywhere in the field.
     *
     * @param exif the value of tag 0x0112
     * @return the orientation; {@link #UPRIGHT} unless the value is 2 to 8
     */
    public static Orientation ofExif(int exif) {
        return exif >= 1 && exif <= 8 ? BY_EXIF.get(exif - 1) : UPRIGHT;
    }

    /**
     * Returns the EXIF value.
     *
     * @return 1 to 8
     */
    public int exif() {
        return exif;
    }

    /**
     * Returns the size of the upright picture.
     *
     * @param stored the size as stored
     * @return the same, or with width and height exchanged
     */
    public PixelSize upright(PixelSize stored) {
        return swapsSides ? stored.transposed() : stored;
    }

    /** Tells whether stored rows become columns. */
    boolean swapsSides() {
        return swapsSides;
    }

    /** Tells whether, after any exchange of sides, columns run from right to left. */
    boolean mirrorsColumns() {
        return mirrorsColumns;
    }

    /** Tells whether, after any exchange of sides, rows run from bottom to top. */
    boolean mirrorsRows() {
        return mirrorsRows;
    }
}

package dev.pictor.evaluation;

import dev.pictor.image.PixelSize;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a file. Immutable.
 *
 * @param file its name
 * @param verdict what became of it
 * @param reason kinds of warnings, or why it was refused; empty if there is nothing to tell
 * @param upright size of the upright picture, if there is one
 * @param grid colours of the picture, if there is one
 * @param millis wall time from opening the file to the picture or its refusal
 * @param heapMegabytes what was allocated meanwhile, in 2^20 bytes; see {@link Judge}
 */
record Judgement(
        String file,
        Verdict verdict,
        String reason,
        Optional<PixelSize> upright,
        Optional<ColorGrid> grid,
        double millis,
        double heapMegabytes) {

    static final List<String> COLUMNS =
            List.of("file", "verdict", "reason", "width", "height", "grid4x4_rgb_hex", "ms", "peak_heap_mb");

    /** What can become of a file. */
    enum Verdict {
        /** A sound picture. */
        ACCEPT,
        /** A picture with something to put up with. */
        WARN,
        /** Refused with a reason. */
        REJECT,
        /** Something was thrown that no caller expects. */
        CRASH,
        /** Not done in time. */
        HANG;

        /** Tells whether no file, however broken, may come to this. */
        boolean isFault() {
            return this == CRASH || this == HANG;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the values of {@link #COLUMNS}. */
    List<String> row() {
        return List.of(
                file,
                verdict.label(),
                reason,
                upright.map(size -> String.valueOf(size.width())).orElse(""),
                upright.map(size -> String.valueOf(size.height())).orElse(""),
                grid.map(ColorGrid::toString).orElse(""),
                String.format(Locale.ROOT, "%.1f", millis),
                String.format(Locale.ROOT, "%.2f", heapMegabytes));
    }
}

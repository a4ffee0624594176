package dev.pictor.catalogue;

import java.util.Locale;

/** A choice among a vendor's models by what matters most, whatever they are called this year. */
public enum ModelTier {
    /** The quickest and cheapest. */
    FAST,
    /** Good enough for most, at a middling price. */
    BALANCED,
    /** The best, at its price. */
    BEST;

    /** Its name in files and settings: {@code fast}, {@code balanced}, {@code best}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

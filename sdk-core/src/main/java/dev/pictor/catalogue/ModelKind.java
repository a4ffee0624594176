package dev.pictor.catalogue;

/** What a model does. More may follow: a {@code switch} needs a {@code default}. */
public enum ModelKind {
    /** Draws pictures. */
    IMAGE,
    /** Reads and answers. */
    REASONING,
    /** Turns texts into vectors. */
    EMBEDDING,
    /** Cuts pictures out of their background. */
    CUTOUT
}

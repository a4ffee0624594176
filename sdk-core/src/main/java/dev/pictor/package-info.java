/**
 * The entry point of Pictor: the builder that wires models, prompts, stores and traces together, and the doors to
 * each pipeline.
 */
@NullMarked
@CheckReturnValue
@ValueStyle
package dev.pictor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * Generation: a wish in plain words goes in, a checked picture comes out.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.generation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

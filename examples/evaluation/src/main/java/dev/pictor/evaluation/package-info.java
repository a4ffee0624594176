/** A command-line program that measures Pictor against files with known answers. */
@NullMarked
@CheckReturnValue
package dev.pictor.evaluation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** A command-line program on Pictor, wired by hand. */
@NullMarked
@CheckReturnValue
package dev.pictor.examples;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

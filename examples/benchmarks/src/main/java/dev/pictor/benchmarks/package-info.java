/** Programs that measure Pictor and print what they find. */
@NullMarked
@CheckReturnValue
package dev.pictor.benchmarks;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

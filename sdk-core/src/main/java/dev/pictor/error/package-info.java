/**
 * The root of Pictor's exceptions. Each feature package holds the exceptions of that feature.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.error;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

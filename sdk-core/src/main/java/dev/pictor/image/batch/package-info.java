/** Work on many pictures at once: bounded threads, bounded pixels, progress, partial results, cancelling. */
@NullMarked
@CheckReturnValue
package dev.pictor.image.batch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

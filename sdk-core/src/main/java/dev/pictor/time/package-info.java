/**
 * Time as the engine sees it: what the clock shows, how long things take, waiting, and being woken when time is over.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.time;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

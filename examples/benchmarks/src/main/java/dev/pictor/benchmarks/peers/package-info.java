/** What others do where Pictor does it on its own. */
@NullMarked
@CheckReturnValue
package dev.pictor.benchmarks.peers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** What many calls at once come to: rates, faults, memory, money. */
@NullMarked
@CheckReturnValue
package dev.pictor.benchmarks.load;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

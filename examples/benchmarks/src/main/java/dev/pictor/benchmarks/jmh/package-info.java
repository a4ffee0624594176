/** What single calls cost, measured with JMH. */
@NullMarked
@CheckReturnValue
package dev.pictor.benchmarks.jmh;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

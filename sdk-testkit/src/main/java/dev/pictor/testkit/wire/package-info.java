/**
 * What vendors' answers look like on the wire, and the tests that every adapter over a network passes against them.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.testkit.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

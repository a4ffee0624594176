/**
 * What users of Pictor test with: fake models, a server that fails on demand, call contexts, a clock, the tests that
 * every implementation of an SPI passes, and assertions on traces.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.testkit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

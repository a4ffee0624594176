/**
 * What users of Pictor test with: a server that fails on demand, call contexts, and the tests that every
 * implementation of an SPI passes.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.testkit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * Answers that need no second call: exact keys, stores, and one call for many equal requests at once.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.gateway.cache;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

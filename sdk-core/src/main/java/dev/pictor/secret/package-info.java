/**
 * What must be in nothing that is kept, logged or thrown, and how it is found. Everything that writes goes by it: the
 * trace, exchanges over the wire, failures and recordings for tests.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.secret;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

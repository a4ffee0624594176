/** The code that the guides show, and the tests that keep documents and architecture true. */
@NullMarked
@CheckReturnValue
package dev.pictor.docs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

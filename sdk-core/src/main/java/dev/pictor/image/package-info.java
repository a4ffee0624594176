/**
 * Pictures as bytes with a known format: recognised from their first bytes, measured without decoding, named by
 * their content, and refused when they pass a limit.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.image;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

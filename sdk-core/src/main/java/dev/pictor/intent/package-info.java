/**
 * Intent: what a wish in plain words asks for.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.intent;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

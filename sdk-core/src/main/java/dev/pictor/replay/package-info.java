/**
 * Replay: past runs again. From their record, without a call, or from a stage on with something changed; one or many.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.replay;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

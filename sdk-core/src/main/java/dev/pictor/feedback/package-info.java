/**
 * Learning from runs: what people say of pictures joined to how they were made, and what follows from it. Nothing here
 * changes how a run goes; it reports, proposes and tells, and the program decides.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.feedback;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

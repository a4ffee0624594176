/** Cuts products out of their background: offline where the background is even, or by PhotoRoom or remove.bg. */
@NullMarked
@CheckReturnValue
package dev.pictor.adapter.cutout;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

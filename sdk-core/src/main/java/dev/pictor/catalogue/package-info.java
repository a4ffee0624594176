/** What vendors' models are and can do: dated files, read into profiles that have their prices. */
@NullMarked
@CheckReturnValue
package dev.pictor.catalogue;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

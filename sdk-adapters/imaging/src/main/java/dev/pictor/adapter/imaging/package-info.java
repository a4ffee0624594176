/** Codecs for what the JDK does not read or write: WebP through libwebp, lossless JPEG through TwelveMonkeys. */
@NullMarked
@CheckReturnValue
package dev.pictor.adapter.imaging;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

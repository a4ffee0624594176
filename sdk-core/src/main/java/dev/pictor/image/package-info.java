/**
 * Pictures: recognised from their first bytes, refused when they pass a limit, decoded to upright sRGB, resized, encoded
 * and named by their content. {@link dev.pictor.image.Imaging} is the door; {@link dev.pictor.image.ImageCodec} is where
 * other formats come in.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.image;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

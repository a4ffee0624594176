/**
 * Google's models behind Pictor's model SPI: those of Gemini that draw, answer and embed, and Imagen. Google's own library
 * writes the requests; {@link dev.pictor.model.http.ModelHttp} sends them.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.adapter.gemini;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * Prompts as files: parsed from the dotprompt format, resolved by a registry, rendered to messages. Knows nothing of
 * models.
 */
@NullMarked
@CheckReturnValue
@ValueStyle
package dev.pictor.prompts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

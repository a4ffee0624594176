/**
 * Prompts as files: parsed from the dotprompt format, resolved by a registry, rendered to messages. Knows nothing of
 * models.
 */
@NullMarked
@CheckReturnValue
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PRIVATE,
        builderVisibility = Value.Style.BuilderVisibility.PUBLIC,
        implementationNestedInBuilder = true,
        overshadowImplementation = true,
        jdkOnly = true,
        typeBuilder = "*Builder",
        defaults = @Value.Immutable(copy = false))
package dev.pictor.prompts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.immutables.value.Value;
import org.jspecify.annotations.NullMarked;

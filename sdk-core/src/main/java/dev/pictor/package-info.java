/**
 * The entry point of Pictor: the builder that wires models, prompts, stores and traces together, and the doors to
 * each pipeline.
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
package dev.pictor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.immutables.value.Value;
import org.jspecify.annotations.NullMarked;

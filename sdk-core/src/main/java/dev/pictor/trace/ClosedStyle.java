package dev.pictor.trace;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/** How values are generated that nobody builds but this package: a builder that is not public, everything else hidden. */
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PRIVATE,
        builderVisibility = Value.Style.BuilderVisibility.PACKAGE,
        implementationNestedInBuilder = true,
        overshadowImplementation = true,
        jdkOnly = true,
        typeBuilder = "*Builder",
        defaults = @Value.Immutable(copy = false))
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
@interface ClosedStyle {}

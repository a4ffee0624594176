/**
 * Pictures from URLs that others wrote: public addresses only, checked on the way that is taken. Nothing is fetched unless
 * an {@link dev.pictor.image.fetch.ImageFetcher} is built and asked.
 */
@NullMarked
@CheckReturnValue
package dev.pictor.image.fetch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** Looks at reports in a browser. Runs in the profile {@code browser}, which needs Chromium. */
@NullMarked
package dev.pictor.testkit.browser;

import org.jspecify.annotations.NullMarked;

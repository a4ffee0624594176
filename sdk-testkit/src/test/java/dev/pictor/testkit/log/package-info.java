/** What is logged, for tests to read. */
@NullMarked
package dev.pictor.testkit.log;

import org.jspecify.annotations.NullMarked;

/**
 * Servers that speak OpenAI's API behind Pictor's model SPI, over the JDK's HTTP client: Ollama, LM Studio, others on
 * this machine, and api.openai.com.
 */
@NullMarked
@CheckReturnValue
@ValueStyle
package dev.pictor.adapter.local;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

package dev.pictor.gateway;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelResult;

/** A step of the road to a model: does its part and hands the call on. Thread-safe. */
interface Step {

    /**
     * Takes the call.
     *
     * @throws ModelException if no model gave a usable answer
     */
    <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException;
}

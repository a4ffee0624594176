package dev.pictor.model;

/**
 * Is given what went over the wire, whether the call went well or not. Called on the thread that made the call, before
 * that call returns or throws. Quick, and throws nothing.
 */
@FunctionalInterface
public interface ExchangeListener {

    /**
     * Takes an exchange.
     *
     * @param exchange without secrets and pictures
     */
    void exchanged(RawExchange exchange);
}

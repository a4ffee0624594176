package dev.pictor.secret;

/** How a secret was found. More may come; keep a {@code default} branch. */
public enum SecretRule {
    /** It stood in a header, JSON member or parameter that holds credentials, or in a URL before the host. */
    NAME,
    /** It looks like a key of a known vendor, a bearer token, a JWT or a private key. */
    SHAPE,
    /** It is one of the values that were given. */
    VALUE
}

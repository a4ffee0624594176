package dev.pictor.secret;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The names that credentials go by. Case, and whether a hyphen or an underscore joins words, make no difference. Immutable. */
final class SecretNames {

    /** Headers and members of JSON. */
    private static final Set<String> NAMES = Set.of(
            "authorization",
            "proxy-authorization",
            "api-key",
            "apikey",
            "x-api-key",
            "x-goog-api-key",
            "x-auth-token",
            "x-amz-security-token",
            "cookie",
            "set-cookie",
            "token",
            "access-token",
            "accesstoken",
            "refresh-token",
            "refreshtoken",
            "id-token",
            "idtoken",
            "auth-token",
            "session-token",
            "secret",
            "client-secret",
            "clientsecret",
            "secret-key",
            "secretkey",
            "secret-access-key",
            "private-key",
            "privatekey",
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "credential",
            "credentials");

    /** Headers that name whose account it is: no secrets, and nobody's business. */
    private static final Set<String> ACCOUNTS = Set.of("x-goog-user-project", "openai-organization", "openai-project");

    /** Parameters of a query, beside those above. */
    private static final Set<String> PARAMETERS = Set.of(
            "key",
            "sig",
            "signature",
            "x-amz-signature",
            "x-amz-credential",
            "x-goog-signature",
            "x-goog-credential",
            "awsaccesskeyid");

    /** Names that nobody writes before a colon in plain words. */
    private static final Set<String> UNMISTAKABLE = Set.of("authorization", "apikey");

    private final Set<String> headers;
    private final Set<String> parameters;

    SecretNames(Collection<String> moreHeaders, Collection<String> moreParameters) {
        headers = new HashSet<>(NAMES);
        headers.addAll(ACCOUNTS);
        moreHeaders.forEach(name -> headers.add(plain(name)));
        parameters = new HashSet<>(NAMES);
        parameters.addAll(PARAMETERS);
        moreParameters.forEach(name -> parameters.add(plain(name)));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isHeader(String name) {
        return headers.contains(plain(name));
    }

    boolean isParameter(String name) {
        return parameters.contains(plain(name));
    }

    /** Whether a name followed by a colon tells of a credential in plain words too: "Cookie: a pile" does not. */
    boolean isUnmistakable(String name) {
        String plain = plain(name);
        return headers.contains(plain) && (UNMISTAKABLE.contains(plain) || plain.indexOf('-') >= 0);
    }
}

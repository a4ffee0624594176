package dev.pictor.testkit.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pictor.secret.Secrets;
import dev.pictor.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A request and its answer, without secrets. Immutable.
 *
 * @param method such as POST
 * @param path without its query
 * @param query parameters as {@code name=value}, in order; secret values are stars
 * @param headers of the request, by name in lower case
 * @param body of the request
 * @param status of the answer
 * @param answerHeaders of the answer, by name in lower case
 * @param answerBody of the answer
 */
record KeptExchange(
        String method,
        String path,
        List<String> query,
        Map<String, List<String>> headers,
        KeptBody body,
        int status,
        Map<String, List<String>> answerHeaders,
        KeptBody answerBody) {

    private static final String TYPE = "content-type";
    /** Of a connection, and not of what is asked. */
    private static final Set<String> OF_CONNECTIONS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Whether a header means something beyond its connection. */
    static boolean isPassedOn(String header) {
        return !header.startsWith(":") && !OF_CONNECTIONS.contains(header.toLowerCase(Locale.ROOT));
    }

    /** The client's version is left out: it would make two recordings differ that are the same. */
    private static boolean isKept(String header) {
        return isPassedOn(header) && !header.equals("user-agent");
    }

    static KeptExchange of(
            RecordedRequest request,
            int status,
            Map<String, List<String>> answerHeaders,
            byte[] answer,
            LearnedSecrets secrets) {
        int mark = request.path().indexOf('?');
        List<String> query = mark < 0
                ? List.of()
                : List.of(request.path().substring(mark + 1).split("&"));
        secrets.learn(request.headers(), query);
        List<String> clean = new ArrayList<>();
        for (String parameter : query) {
            String name = parameter.split("=", 2)[0];
            clean.add(secrets.isSecretParameter(name) ? name + "=" + Secrets.STARS : secrets.scrub(parameter));
        }
        return new KeptExchange(
                request.method(),
                secrets.scrub(mark < 0 ? request.path() : request.path().substring(0, mark)),
                List.copyOf(clean),
                headers(request.headers(), secrets),
                KeptBody.of(request.body(), type(request.headers()), secrets),
                status,
                headers(answerHeaders, secrets),
                KeptBody.of(answer, "", secrets));
    }

    private static Map<String, List<String>> headers(Map<String, List<String>> all, LearnedSecrets secrets) {
        Map<String, List<String>> kept = new TreeMap<>();
        all.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (isKept(lower)) {
                kept.put(
                        lower,
                        values.stream()
                                .map(value -> secrets.isSecretHeader(lower)
                                        ? Secrets.STARS
                                        : KeptBody.mediaType(secrets.scrub(value)))
                                .toList());
            }
        });
        return kept;
    }

    private static String type(Map<String, List<String>> headers) {
        return headers.getOrDefault(TYPE, List.of("")).get(0);
    }

    /** Returns what an answer says it is. */
    String answerType() {
        return type(answerHeaders);
    }

    // as it is kept

    JsonNode write(Blobs blobs, LearnedSecrets secrets) {
        ObjectNode kept = KeptBody.MAPPER.createObjectNode();
        kept.put("method", method);
        kept.put("path", path);
        ArrayNode parameters = kept.putArray("query");
        query.forEach(parameters::add);
        kept.set("headers", write(headers));
        kept.set("body", body.write(blobs, secrets));
        ObjectNode answer = kept.putObject("answer");
        answer.put("status", status);
        answer.set("headers", write(answerHeaders));
        answer.set("body", answerBody.write(blobs, secrets));
        return kept;
    }

    private static JsonNode write(Map<String, List<String>> headers) {
        ObjectNode kept = KeptBody.MAPPER.createObjectNode();
        headers.forEach((name, values) -> {
            if (values.size() == 1) {
                kept.put(name, values.get(0));
            } else {
                ArrayNode several = kept.putArray(name);
                values.forEach(several::add);
            }
        });
        return kept;
    }

    static KeptExchange read(JsonNode kept, Blobs blobs) {
        List<String> query = new ArrayList<>();
        kept.path("query").forEach(parameter -> query.add(parameter.asText()));
        JsonNode answer = kept.path("answer");
        return new KeptExchange(
                kept.path("method").asText(),
                kept.path("path").asText(),
                query,
                readHeaders(kept.path("headers")),
                KeptBody.read(kept.path("body"), blobs),
                answer.path("status").asInt(),
                readHeaders(answer.path("headers")),
                KeptBody.read(answer.path("body"), blobs));
    }

    private static Map<String, List<String>> readHeaders(JsonNode kept) {
        Map<String, List<String>> headers = new TreeMap<>();
        kept.properties().forEach(field -> {
            List<String> values = new ArrayList<>();
            if (field.getValue().isArray()) {
                field.getValue().forEach(value -> values.add(value.asText()));
            } else {
                values.add(field.getValue().asText());
            }
            headers.put(field.getKey(), values);
        });
        return headers;
    }

    // as it is compared: headers are left out, since clients change them as they like

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("method", method);
        facts.put("path", path);
        for (String parameter : query) {
            String[] parts = parameter.split("=", 2);
            facts.merge("query " + parts[0], parts.length == 1 ? "" : parts[1], (some, more) -> some + "&" + more);
        }
        facts.putAll(body.facts());
        return facts;
    }

    /** Returns the names of what is not the same in two requests, values left out; none if they ask for the same. */
    Set<String> differences(KeptExchange other) {
        Map<String, String> here = facts();
        Map<String, String> there = other.facts();
        Set<String> names = new TreeSet<>(here.keySet());
        names.addAll(there.keySet());
        names.removeIf(name -> here.containsKey(name)
                && there.containsKey(name)
                && here.getOrDefault(name, "").equals(there.getOrDefault(name, "")));
        return names;
    }
}

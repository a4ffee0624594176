package dev.pictor.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a report far more strictly than a browser: only the tags and attributes that a report is made of, every tag
 * closed in order, every attribute in double quotes, every reserved character escaped. Anything else is an error.
 */
final class HtmlTokens {

    record Tag(String name, Map<String, String> attributes) {}

    private static final Set<String> TAGS = Set.of(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "script",
            "body",
            "header",
            "nav",
            "main",
            "section",
            "article",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "p",
            "pre",
            "code",
            "div",
            "span",
            "strong",
            "em",
            "small",
            "time",
            "a",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "details",
            "summary",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "figure",
            "figcaption",
            "svg",
            "image",
            "use",
            "rect",
            "input",
            "button");
    private static final Set<String> ATTRIBUTES = Set.of(
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "id",
            "class",
            "href",
            "title",
            "datetime",
            "scope",
            "data-label",
            "role",
            "aria-label",
            "aria-hidden",
            "viewBox",
            "x",
            "y",
            "width",
            "height",
            "rx",
            "type",
            "min",
            "max",
            "value",
            "hidden");
    private static final Pattern OPENING = Pattern.compile("<([a-z][a-z0-9]*)((?: [A-Za-z-]+=\"[^\"<>]*+\")*+)>");
    private static final Pattern CLOSING = Pattern.compile("</([a-z][a-z0-9]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([A-Za-z-]+)=\"([^\"]*+)\"");
    private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|#39);");
    private static final String DOCTYPE = "<!DOCTYPE html>\n";

    final List<Tag> tags = new ArrayList<>();
    final StringBuilder text = new StringBuilder();
    private final String html;

    private HtmlTokens(String html) {
        this.html = html;
    }

    static HtmlTokens of(String html) {
        HtmlTokens tokens = new HtmlTokens(html);
        tokens.read();
        return tokens;
    }

    List<String> hrefs() {
        return tags.stream()
                .filter(tag -> tag.attributes.containsKey("href"))
                .map(tag -> tag.attributes.get("href"))
                .toList();
    }

    List<String> ids() {
        return tags.stream()
                .filter(tag -> tag.attributes.containsKey("id"))
                .map(tag -> tag.attributes.get("id"))
                .toList();
    }

    private void read() {
        check(html.startsWith(DOCTYPE), 0);
        Deque<String> open = new ArrayDeque<>();
        int at = DOCTYPE.length();
        while (at < html.length()) {
            int next = html.indexOf('<', at);
            if (next != at) {
                int end = next < 0 ? html.length() : next;
                text.append(decoded(html.substring(at, end), at));
                at = end;
            } else if (html.charAt(at + 1) == '/') {
                Matcher closing = CLOSING.matcher(html).region(at, html.length());
                check(closing.lookingAt() && closing.group(1).equals(open.pop()), at);
                at = closing.end();
            } else {
                Matcher opening = OPENING.matcher(html).region(at, html.length());
                check(opening.lookingAt(), at);
                Tag tag = tag(opening, at);
                tags.add(tag);
                at = opening.end();
                if (tag.name.equals("style") || tag.name.equals("script")) {
                    at = html.indexOf("</" + tag.name + ">", at);
                }
                if (!tag.name.equals("meta") && !tag.name.equals("input")) {
                    open.push(tag.name);
                }
            }
        }
        check(open.isEmpty(), at);
    }

    private Tag tag(Matcher opening, int at) {
        check(TAGS.contains(opening.group(1)), at);
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(opening.group(2));
        while (attribute.find()) {
            check(ATTRIBUTES.contains(attribute.group(1)), at);
            check(attributes.put(attribute.group(1), decoded(attribute.group(2), at)) == null, at);
        }
        return new Tag(opening.group(1), attributes);
    }

    private String decoded(String escaped, int at) {
        check(escaped.indexOf('>') < 0, at);
        check(ENTITY.matcher(escaped).replaceAll("").indexOf('&') < 0, at);
        return escaped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private void check(boolean good, int at) {
        if (!good) {
            throw new AssertionError("not the HTML of a report, at " + at + ": "
                    + html.substring(Math.max(0, at - 40), Math.min(html.length(), at + 120)));
        }
    }
}

package dev.pictor.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an XMP packet tell that the picture is upright. The packet is not parsed as XML, so that nothing in it can be
 * expanded or fetched; where it tells the orientation in a way that is not understood, it is left out.
 */
final class XmpPacket {

    private static final String NAME = "tiff:Orientation";
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(tiff:Orientation\\s*+=\\s*+[\"']\\s*+)[1-8](?=\\s*+[\"'])");
    private static final Pattern ELEMENT =
            Pattern.compile("(<tiff:Orientation\\s*+>\\s*+)[1-8](?=\\s*+</tiff:Orientation\\s*+>)");

    private static final String NAMESPACE = "http://ns.adobe.com/tiff/1.0/";
    private static final Pattern USUAL_PREFIX =
            Pattern.compile("xmlns:tiff\\s*+=\\s*+[\"']" + Pattern.quote(NAMESPACE) + "[\"']");

    private XmpPacket() {}

    /**
     * Sets the orientation to 1 where it stands.
     *
     * @param bytes a packet in UTF-8, as all three formats ask for
     * @return a packet of the same length; empty if there is none, or the orientation cannot be set with certainty
     */
    static Optional<byte[]> ofUpright(byte[] bytes) {
        String packet = new String(bytes, ISO_8859_1); // each byte a character: what is not ASCII passes as it is
        if (packet.isBlank() || packet.indexOf(0) >= 0 || hasOtherPrefix(packet)) {
            return Optional.empty();
        }
        StringBuilder upright = new StringBuilder(packet);
        int understood = setToOne(ATTRIBUTE, packet, upright) + 2 * setToOne(ELEMENT, packet, upright);
        return understood == occurrences(packet, NAME)
                ? Optional.of(upright.toString().getBytes(ISO_8859_1))
                : Optional.empty();
    }

    /** Returns how often it was set. */
    private static int setToOne(Pattern pattern, String packet, StringBuilder upright) {
        int count = 0;
        for (Matcher matcher = pattern.matcher(packet); matcher.find(); count++) {
            upright.setCharAt(matcher.end() - 1, '1');
        }
        return count;
    }

    /** Tells whether the namespace is bound to anything but the usual prefix. */
    private static boolean hasOtherPrefix(String packet) {
        int usual = 0;
        for (Matcher matcher = USUAL_PREFIX.matcher(packet); matcher.find(); ) {
            usual++;
        }
        return usual != occurrences(packet, NAMESPACE);
    }

    private static int occurrences(String packet, String text) {
        int count = 0;
        for (int at = packet.indexOf(text); at >= 0; at = packet.indexOf(text, at + 1)) {
            count++;
        }
        return count;
    }
}

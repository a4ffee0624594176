package dev.pictor.intent;

/**
 * Two groups of words that together speak for a domain, such as merchandise and a white background.
 *
 * @param name the names of both groups with a plus between
 * @param first the index of a group
 * @param second the index of another
 * @param strength 0 to 4, where training starts from
 */
record WordPair(String name, int first, int second, Domain domain, double strength) {

    String feature() {
        return "pair:" + name;
    }
}

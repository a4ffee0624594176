package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlWriterTest {

    private final HtmlWriter html = new HtmlWriter();

    @Test
    void escapesTextAndAttributeValues() {
        html.leaf("p", "<b> & \"x\" 'y'", "title", "\"><b onclick='x'>&");

        assertThat(html)
                .hasToString("<!DOCTYPE html>\n<p title=\"&quot;&gt;&lt;b onclick=&#39;x&#39;&gt;&amp;\">"
                        + "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;</p>\n");
    }

    @Test
    void namesCharactersThatNobodySees() {
        html.leaf("p", "a\u202Eb\u0000c\uD83Dd", "title", "\u2066");

        assertThat(html)
                .hasToString("<!DOCTYPE html>\n<p title=\"U+2066\">a<span class=\"hidden\">U+202E</span>"
                        + "b<span class=\"hidden\">U+0000</span>c<span class=\"hidden\">U+D83D</span>d</p>\n");
    }

    @Test
    void leavesLayoutAndJoinedCharactersAlone() {
        String family = "\uD83D\uDC69\u200D\uD83D\uDC67";
        html.leaf("p", "a\tb\n" + family);

        assertThat(html).hasToString("<!DOCTYPE html>\n<p>a\tb\n" + family + "</p>\n");
    }

    @Test
    void keepsTheFirstLineBreakOfLaidOutText() {
        html.pre("\nx");

        assertThat(html).hasToString("<!DOCTYPE html>\n<pre>\n\nx</pre>\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "//example.com", "javascript:alert(1)", "data:text/html,x", ""})
    void linksNowhereElse(String href) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> html.leaf("a", "x", "href", href))
                .withMessage("a report links only into itself, not to " + href);
    }

    @Test
    void refusesAPageThatIsNotClosed() {
        html.open("section").open("p");

        assertThatIllegalStateException().isThrownBy(html::toString).withMessage("not closed: [p, section]");
    }
}

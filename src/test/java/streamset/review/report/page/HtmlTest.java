package streamset.review.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class HtmlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            work_mem = 4MB               | work_mem = 4MB
            <script>alert('1')</script>  | &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;
            "&amp;                       | &quot;&amp;amp;
            größer ≤ 5 🐘                | größer ≤ 5 🐘
            """)
    void showsTextAsItIs(String text, String markup) {
        assertEquals(markup, Html.text(text).toString());
        assertEquals(
                "<p title=\"" + markup + "\">" + markup + "</p>",
                Element.of("p").with("title", text).text(text).toString());
    }

    @Test
    void showsWhatNobodyWouldSee() {
        assertEquals(
                "a·b·c·d·e\nf\tg", Html.text("a\0b\u001bc\u202ed\u200be\nf\tg").toString());
        assertEquals("·", Html.text("\ud83d").toString());
    }

    @Test
    void shortensValuesForTables() {
        assertEquals(300, Html.brief("x".repeat(301)).toString().length());
        assertEquals("x".repeat(299) + "…", Html.brief("x".repeat(301)).toString());
    }
}

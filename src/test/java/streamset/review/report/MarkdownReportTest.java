package streamset.review.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a site makes of the comment, read by a reader of Markdown. */
@Tag("unit")
class MarkdownReportTest {
    private static final List<Extension> OF_THE_SITES = List.of(TablesExtension.create(), AutolinkExtension.create());
    private static final Pattern REFERENCE = Pattern.compile("[@#!~%$&^]\\w|:\\w+:|GH-\\d|://|www\\.");
    private static final Pattern OWN_HTML = Pattern.compile("</?(details( open)?|summary|b|code)>");

    /** What would be more than text in a comment. */
    private static final class Found extends AbstractVisitor {
        private final List<String> markup = new ArrayList<>();
        private final StringBuilder code = new StringBuilder();
        private boolean isCode;
        private int cells;

        @Override
        public void visit(Link link) {
            markup.add("link " + link.getDestination());
        }

        @Override
        public void visit(Image image) {
            markup.add("image " + image.getDestination());
        }

        @Override
        public void visit(Emphasis emphasis) {
            markup.add("emphasis");
        }

        @Override
        public void visit(FencedCodeBlock block) {
            code.append(block.getLiteral());
        }

        @Override
        public void visit(HtmlInline html) {
            isCode = html.getLiteral().equals("<code>")
                    || isCode && !html.getLiteral().equals("</code>");
            own(html.getLiteral());
        }

        @Override
        public void visit(HtmlBlock html) {
            Pattern.compile("<[^>]*>").matcher(html.getLiteral()).results().forEach(tag -> own(tag.group()));
        }

        private void own(String tag) {
            if (!OWN_HTML.matcher(tag).matches()) {
                markup.add("HTML " + tag);
            }
        }

        @Override
        public void visit(Text text) {
            if (!isCode && REFERENCE.matcher(text.getLiteral()).find()) {
                markup.add("reference in " + text.getLiteral());
            }
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableCell) {
                cells++;
            }
            if (node instanceof TableRow && cells == 0) {
                cells = 0;
            }
            visitChildren(node);
        }
    }

    private static Found read(String markdown) {
        Node document = Parser.builder().extensions(OF_THE_SITES).build().parse(markdown);
        var found = new Found();
        document.accept(found);
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a `tick` and ``two`` and ```` four ````",
                "| a | table |",
                "\\| escaped \\",
                "<img src=x onerror=alert(1)>",
                "<!-- hidden",
                "</details> out",
                "@everyone and @org/team",
                "#123 !4 ~label %milestone $5 &6 ^7 :smile: GH-8",
                "http://a|b @a|b www.a|b.c me@example.com|",
                "http://example.com www.example.com mailto:me@example.com",
                "[a](b) ![c](d) *e* **f** _g_ ~~h~~ $i$",
                "&lt;b&gt; &amp; &#64;me",
                "1. one",
                "# head",
                "> quote",
                "a_b_c __d__",
                "```\nout\n```",
                "~~~",
                "---",
                "tab\tand\u0007bell\u001b[31m",
            })
    void takesNothingForMarkup(String text) {
        var markdown = MarkdownReport.of(Draft.everywhere(text));
        var found = read(markdown);
        assertEquals(List.of(), found.markup, markdown);
        assertEquals(read(MarkdownReport.of(Draft.everywhere("plain"))).cells, found.cells, markdown);
    }

    @Test
    void keepsTextsInTheirBlocks() {
        var text = "``` \n@me <b>";
        assertTrue(
                read(MarkdownReport.of(Draft.everywhere(text))).code.toString().contains(text));
    }

    @Test
    void opensWhatIsUrgentAndFoldsTheRest() {
        var restart = Draft.stack("calm", Verdict.RESTART, Draft.settings(1, "1"));
        var danger = Draft.stack("loud", Verdict.SECOND_APPROVAL, Draft.settings(1, "1"));
        var nothing = Draft.stack("same", Verdict.NOTHING, Changes.NONE);
        assertEquals("""
                ### streamset: changes in 3 stacks, compared with main

                | stack | verdict | writes pause | what cannot be undone |
                |---|---|---|---|
                | loud | needs a second approval | none |  |
                | calm | restart | none |  |
                | same | nothing changes | none |  |

                <details open><summary><b>loud</b>: needs a second approval, compared with the reviewed objects of main</summary>

                **Settings**

                | setting | from | to | by | why |
                |---|---|---|---|---|
                | setting_0 | 1 | 1 | reload | 1 |

                </details>

                <details><summary><b>calm</b>: restart, compared with the reviewed objects of main</summary>

                **Settings**

                | setting | from | to | by | why |
                |---|---|---|---|---|
                | setting_0 | 1 | 1 | reload | 1 |

                </details>
                """, MarkdownReport.of(new Review("main", List.of(restart, nothing, danger))));
    }

    @Test
    void saysInOneLineThatNothingChanges() {
        var stacks = List.of(
                Draft.stack("a", Verdict.NOTHING, Changes.NONE), Draft.stack("b", Verdict.NOTHING, Changes.NONE));
        assertEquals(
                "### streamset: nothing changes in 2 stacks, compared with main\n",
                MarkdownReport.of(new Review("main", stacks)));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000, 5000, 61_000})
    void isCutWhereASiteWouldRefuseIt(int characters) {
        var value = "x".repeat(characters);
        var stacks = IntStream.range(0, 50)
                .mapToObj(number -> Draft.stack("stack-" + number, Verdict.RELOAD, Draft.settings(40, value)))
                .collect(Collectors.toList());
        var markdown = MarkdownReport.of(new Review("main", stacks));
        assertTrue(markdown.length() <= MarkdownReport.LIMIT, () -> markdown.length() + " characters");
        assertTrue(markdown.contains("Cut here"));
        assertEquals(count("<details", markdown), count("</details>", markdown));
        assertEquals(List.of(), read(markdown).markup);
    }

    @Test
    void isCutWithinATextWithoutLosingItsEnd() {
        var edit = "+ line\n".repeat(20_000);
        var stack = new StackReview(
                "qa", Verdict.NOTHING, "main", 0, List.of(), Changes.NONE, List.of(), List.of(), List.of(), edit);
        var markdown = MarkdownReport.of(new Review("main", List.of(stack)));
        assertTrue(markdown.length() <= MarkdownReport.LIMIT);
        assertEquals(2, count("```", markdown));
        assertTrue(markdown.endsWith("`make -s review`.\n"), markdown.substring(markdown.length() - 200));
    }

    @Test
    void isNotCutWhenItFits() {
        var stack = Draft.stack("qa", Verdict.RELOAD, Draft.settings(40, "x".repeat(100)));
        assertFalse(MarkdownReport.of(new Review("main", List.of(stack))).contains("Cut here"));
    }

    private static long count(String word, String text) {
        return Pattern.compile(Pattern.quote(word)).matcher(text).results().count();
    }
}

package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import streamset.review.report.Verdict;

/** The pages as people see and use them, on small and large screens, in light and dark. */
@Tag("server")
class ReportPageInBrowserTest {
    private static final int MOST_BYTES = 300_000;
    private static final int[] WIDTHS = {400, 1400};
    private static final List<String> SCHEMES = List.of("light", "dark");
    private static final String AXE = axe();
    private static final String VIOLATIONS = """
            const done = arguments[arguments.length - 1];
            axe.run({resultTypes: ['violations'], preload: false}).then(
              result => done(result.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' '))),
              error => done(['axe: ' + error]));
            """;
    private static final String OVERFLOWING = """
            return Array.from(document.querySelectorAll('body *'))
              .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                && !one.closest('thead'))
              .map(one => one.outerHTML.slice(0, 200));
            """;
    private static final String SHOWN = """
            return Array.from(document.querySelectorAll('#settings tbody tr'))
              .filter(row => row.offsetParent !== null).map(row => row.cells[0].textContent);
            """;

    private static Browser browser;

    @TempDir
    private Path folder;

    private static String axe() {
        var file = "/axe.min.js";
        try (var resource = Objects.requireNonNull(ReportPageInBrowserTest.class.getResourceAsStream(file), file)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void start(@TempDir Path profile) throws IOException {
        browser = new Browser(profile);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
    }

    /** The seven shapes of a report, and the page without a base; ⏎ is a line end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            NOTHING         | replicas: 3      | replicas: 3 # three
            RELOAD          | replicas: 3      | replicas: 3⏎  streamset:parameters: {temp_buffers: 4MB}
            RESTART         | memory: 2Gi      | memory: 3Gi
            TOPOLOGY        | replicas: 3      | replicas: 5⏎  streamset:primary: 2
            SECOND_APPROVAL | size: 10Gi       | size: 20Gi
            REFUSED         | size: 10Gi       | size: 5Gi
            REFUSED         | replicas: 3      | replicas: 4
            NOT_JUDGED      |                  |
            """)
    void canBeReadByEverybody(Verdict verdict, String from, String to) {
        var draft = new ReviewDraft(folder);
        if (from == null) {
            looksGood(ReportPage.pages(draft.project(), Map.of(), ReportPage.review(draft.project(), Map.of()))
                    .get("qa"));
        } else {
            draft.change(from, to.replace("⏎", "\n"));
            assertEquals(verdict, draft.review().stacks().get(0).verdict());
            looksGood(draft.page());
        }
    }

    @Test
    void showsHostileTextsAsTexts() {
        var hostile = "</title></code></td><script>document.title = \"taken\"</script><img src=/x onerror=alert(1)>";
        var draft = new ReviewDraft(folder)
                .conf(
                        "postgresql.conf",
                        "wal_level = replica\nlog_line_prefix = '" + hostile + "'\nmy.word = '" + "x".repeat(400)
                                + "'\n")
                .conf(
                        "pg_hba.conf",
                        "host \"" + hostile.replace("\"", "") + "\" all 10.0.0.0/8 md5 # " + hostile + "\n");
        looksGood(draft.page());
        assertEquals("qa: needs a second approval", browser.run("return document.title"));
        assertEquals(
                hostile,
                browser.run(
                        "return Array.from(document.querySelectorAll('#settings tbody tr'))"
                                + ".find(row => row.cells[0].textContent === 'log_line_prefix').cells[1].firstChild.textContent.trim()"));
    }

    private static void looksGood(String page) {
        assertTrue(page.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES);
        assertEquals(List.of("/page"), browser.open(page));
        browser.run(AXE);
        for (var scheme : SCHEMES) {
            for (int width : WIDTHS) {
                browser.looks(width, scheme);
                var view = width + " " + scheme;
                assertEquals(List.of(), browser.await(VIOLATIONS), view);
                assertEquals(List.of(), browser.run(OVERFLOWING), view);
                assertEquals(
                        browser.run("return document.documentElement.clientWidth"),
                        browser.run("return document.documentElement.scrollWidth"),
                        view);
            }
        }
        assertEquals(List.of(), browser.messages());
    }

    @Test
    void findsSettingsByKeyboard() {
        browser.looks(1400, "light");
        browser.open(new ReviewDraft(folder).page());
        var all = shown().size();
        browser.tabsTo("#words");
        browser.presses("work_mem");
        assertEquals(List.of("maintenance_work_mem", "max_connections", "work_mem"), shown());
        assertEquals("3 of " + all + " settings", browser.run("return document.querySelector('output').textContent"));
        browser.presses(Keys.ESCAPE, "FIXED configmap");
        assertEquals(List.of("hba_file"), shown());
        browser.presses(Keys.ESCAPE, "nothing like that");
        assertEquals(List.of(), shown());
        assertTrue((boolean) browser.run("return document.querySelector('.none').checkVisibility()"));
        browser.presses(Keys.ESCAPE);
        assertEquals(all, shown().size());
        browser.presses(Keys.ENTER); // asks nobody
        assertEquals(List.of(), browser.messages());
        browser.tabsTo("nav a"); // round the end
    }

    @Test
    void isCompleteWithoutItsScript() {
        browser.looks(1400, "light");
        var page = new ReviewDraft(folder).page();
        browser.open(page);
        var all = shown();
        browser.runsScripts(false);
        try {
            browser.open(page);
            assertEquals(all, shown());
            assertFalse((boolean) browser.run("return document.querySelector('form').checkVisibility()"));
        } finally {
            browser.runsScripts(true);
        }
        assertEquals(List.of(), browser.messages());
    }

    private static List<?> shown() {
        return (List<?>) browser.run(SHOWN);
    }

    /** On paper the colours are those of paper, and what is folded is open. */
    @Test
    void canBePrinted() {
        browser.looks(1400, "dark");
        browser.open(
                new ReviewDraft(folder).change("memory: 2Gi", "memory: 3Gi").page());
        assertEquals("rgb(25, 31, 39)", colour());
        browser.prints();
        assertEquals("rgb(255, 255, 255)", colour());
        assertTrue((boolean)
                browser.run("return document.querySelector('details td').getBoundingClientRect().height > 0"));
    }

    private static Object colour() {
        return browser.run("return getComputedStyle(document.querySelector('header')).backgroundColor");
    }
}

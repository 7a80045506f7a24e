package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.BadInput;
import streamset.problems.Problems;

/** What a page about a stack says; how it looks is a matter of ReportPageInBrowserTest. */
@Tag("unit")
class ReportPageTest {
    private static final Path REPOSITORY = Path.of("");
    private static final int MOST_BYTES = 300_000;
    private static final Pattern LINE_OF_A_SUM = Pattern.compile(
            "<tr><td class=\"number\">(\\d+ MB)</td><th scope=\"row\">(?:<span class=\"swatch c\\d\"></span>)?(.*?)</th></tr>");
    private static final Pattern ELEMENT = Pattern.compile("<(/?[a-zA-Z!][a-zA-Z0-9]*)");
    private static final Pattern POLICY =
            Pattern.compile("style-src &#39;sha256-(\\S+)&#39;; script-src &#39;sha256-(\\S+)&#39;;");

    @TempDir
    private Path folder;

    private ReviewDraft draft;

    @BeforeEach
    void ofOneStack() {
        draft = new ReviewDraft(folder);
    }

    private static String page(String stack) {
        var options = Map.of("stack", stack);
        return ReportPage.pages(REPOSITORY, options, ReportPage.review(REPOSITORY, options))
                .get(stack);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void addsUpAsExplainDoes(String stack) {
        var explained = Explain.text(REPOSITORY, stack, Path.of("Pulumi." + stack + ".yaml"), new Problems());
        var sums = explained
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("\\d+ MB  .*"))
                .toList();
        var shown = LINE_OF_A_SUM
                .matcher(page(stack))
                .results()
                .map(line -> line.group(1) + "  " + line.group(2))
                .toList();
        assertEquals(new TreeSet<>(sums), new TreeSet<>(shown));
        assertEquals(sums.size(), shown.size());
    }

    @Test
    void showsAFirstDeploymentWhereNothingIsComparedWith() {
        var page = page("staging");
        has("<title>staging: first deployment</title>", page);
        has("First deployment in the namespace postgresql-staging", page);
        hasNo("Not looked at", page);
        hasNo("Writes pause", page);
    }

    @Test
    void showsWhoWritesAndWhoMustHaveACommit() {
        var page = draft.change(
                        "replicas: 3", "replicas: 5\n  streamset:primary: 2\n  streamset:synchronous: {standbys: 1}")
                .page();
        has(
                "postgresql-sfs-2 writes; 4 standbys follow it; a commit waits for 1 of 4 standbys: while 3 of"
                        + " them are away, writes go on; with 4 away they wait.",
                page);
        assertEquals(4, count("<span class=\"role\">synchronous</span>", page));
        assertEquals(
                List.of(
                        "postgresql-sfs-2: primary, takes over",
                        "postgresql-sfs-0: standby, synchronous, was primary",
                        "postgresql-sfs-1: standby, synchronous",
                        "postgresql-sfs-3: standby, synchronous, new",
                        "postgresql-sfs-4: standby, synchronous, new"),
                pods(page));
    }

    @Test
    void showsWhatBecomesOfPods() {
        draft.before("replicas: 3", "replicas: 5");
        assertEquals(
                List.of(
                        "postgresql-sfs-0: primary",
                        "postgresql-sfs-1: standby",
                        "postgresql-sfs-2: standby",
                        "postgresql-sfs-3: its volumes stay",
                        "postgresql-sfs-4: its volumes stay"),
                pods(draft.page()));
    }

    /** Each with its roles and what is new of it. */
    private static List<String> pods(String page) {
        return Pattern.compile("<code>([\\w-]+-sfs-\\d+)</code>((?:<span class=\"\\w+\">[^<]*</span>)+)")
                .matcher(page)
                .results()
                .map(pod -> pod.group(1) + ": "
                        + Pattern.compile(">([^<]+)<")
                                .matcher(pod.group(2))
                                .results()
                                .map(role -> role.group(1))
                                .collect(Collectors.joining(", ")))
                .toList();
    }

    @Test
    void showsARefusalWithTheEditThatCorrectsIt() {
        var page = draft.change("size: 10Gi", "size: 5Gi").page();
        has("<title>qa: refused</title>", page);
        has("the volumes have 10Gi, and volumes do not shrink", page);
        has(
                "<del>-  streamset:storage: {size: 5Gi} # of each pod\n</del>"
                        + "<ins>+  streamset:storage: {size: 10Gi} # of each pod\n</ins>",
                page);
        has("<h2 id=\"budgets-title\">", page); // its files can be read
    }

    @Test
    void showsARefusalOfFilesThatCannotBeUsed() {
        var page = draft.change("replicas: 3", "replicas: 4").page();
        has("must be odd", page);
        hasNo("<h2 id=\"budgets-title\">", page);
    }

    @Test
    void marksSettingsThatChange() {
        var page = draft.conf("postgresql.conf", "wal_level = replica\nmax_connections = 50\n")
                .confBefore("postgresql.conf", "wal_level = replica\nmax_connections = 60\n")
                .page();
        has("50 <span class=\"mark\">was 60</span>", page);
    }

    @Test
    void showsTheLinesOfPgHbaConfWithoutSecrets() {
        var page = draft.conf(
                        "pg_hba.conf",
                        "# why\nhost all all 10.0.0.0/8 ldap ldapserver=a ldapbasedn=\"b\" ldapbinddn=\"c\" ldapbindpasswd=hidden ldapsearchattribute=uid\n")
                .page();
        has("Lines of src/main/postgresql/pg_hba.conf", page);
        has("ldapbindpasswd=[secret]", page);
        hasNo("hidden\n", page);
        hasNo("passwd=hidden", page);
        has("<ol class=\"lines\" start=\"8\">", page); // by 3 names for replicator, 4 others
    }

    @Test
    void allowsItsOwnStyleAndScriptAlone() throws Exception {
        var page = draft.page();
        var policy = POLICY.matcher(page);
        assertTrue(policy.find());
        assertEquals(digest(page, "style"), policy.group(1));
        assertEquals(digest(page, "script"), policy.group(2));
        assertTrue(page.indexOf("Content-Security-Policy") < page.indexOf("<style>"));
        assertFalse(Pattern.compile("(?i)\\s(style|on\\w+)=|https?:|url\\(|@import")
                .matcher(page)
                .find());
    }

    private static String digest(String page, String element) throws Exception {
        var text = page.substring(
                page.indexOf("<" + element + ">") + element.length() + 2, page.indexOf("</" + element + ">"));
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same elements as in a page about harmless files, whatever the files contain. */
    @Test
    void takesNothingOfAFileForMarkup() {
        var hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' &amp;";
        var page = draft.conf(
                        "postgresql.conf",
                        "wal_level = replica\nlog_line_prefix = '" + hostile.replace("'", "''") + "'\n")
                .conf(
                        "pg_hba.conf",
                        "host \"" + hostile.replace("\"", "") + "\" all 10.0.0.0/8 scram-sha-256 # " + hostile + "\n")
                .page();
        has("&lt;script&gt;alert(1)&lt;/script&gt;", page);
        assertEquals(1, count("<script>", page));
        var known = new TreeSet<>(List.of("!DOCTYPE"));
        for (String name :
                ("a article body code dd del details div dl dt footer form h1 h2 h3 head header html input ins label"
                                + " li link main meta nav ol output p pre rect script section span strong style summary svg table tbody"
                                + " td tfoot th thead title tr ul")
                        .split(" ")) {
            known.addAll(List.of(name, "/" + name));
        }
        var found =
                ELEMENT.matcher(page).results().map(tag -> tag.group(1)).collect(Collectors.toCollection(TreeSet::new));
        found.removeAll(known);
        assertEquals(new TreeSet<>(), found);
    }

    @Test
    void staysSmallWhateverFilesContain() {
        var settings = IntStream.range(0, 2500)
                .mapToObj(number -> "my.setting_" + number + " = '" + "<".repeat(90) + "'")
                .collect(Collectors.joining("\n", "wal_level = replica\n", "\n"));
        var lines = IntStream.range(0, 3000)
                .mapToObj(number -> "host \"" + "<".repeat(60) + number + "\" all 10.0.0.0/8 scram-sha-256")
                .collect(Collectors.joining("\n", "", "\n"));
        var page = draft.conf("postgresql.conf", settings)
                .conf("pg_hba.conf", lines)
                .change("replicas: 3", "replicas: 999")
                .change("memory: 2Gi", "memory: 900Gi")
                .change("size: 10Gi", "size: 9Ti")
                .page();
        int bytes = page.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < MOST_BYTES, bytes + " bytes");
        has(" more: make -s explain", page);
        has(" more: make -s render", page);
    }

    @Test
    void refusesAStackThatIsNotThere() {
        var refusal = assertThrows(BadInput.class, () -> ReportPage.review(REPOSITORY, Map.of("stack", "prodd")));
        assertTrue(refusal.getMessage().contains("did you mean prod?"), refusal.getMessage());
    }

    private static void has(String text, String page) {
        assertTrue(page.contains(text), () -> "the page does not say " + text);
    }

    private static void hasNo(String text, String page) {
        assertFalse(page.contains(text), () -> "the page says " + text);
    }

    private static long count(String word, String text) {
        return Pattern.compile(Pattern.quote(word)).matcher(text).results().count();
    }
}

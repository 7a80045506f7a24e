package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

@Tag("unit")
class HbaFileTest {
    private static final List<String> PODS = List.of("pod-0.svc", "pod-1.svc", "pod-2.svc");

    @Test
    void hasTheClustersOwnLinesInFront() {
        assertEquals("""
                # ---- written by streamset: the cluster's own access; these lines come first, so nothing below can take it away ----
                local all postgres trust  # node scripts, probes and kubectl exec, through the pod's own socket
                host postgres postgres all scram-sha-256  # Jobs, whose addresses are not known beforehand
                host postgres streamset all scram-sha-256  # the nodes, which query each other
                host all streamset all reject
                host replication replicator pod-0.svc scram-sha-256
                host replication replicator pod-1.svc scram-sha-256
                host replication replicator pod-2.svc scram-sha-256

                # people
                host all all all scram-sha-256
                """, file("# people\nhost all all all scram-sha-256\n").render(PODS));
    }

    @Test
    void hasTheClustersOwnLinesAlsoWithoutAnyOfTheAuthor() {
        assertEquals("""
                # ---- written by streamset: the cluster's own access; these lines come first, so nothing below can take it away ----
                local all postgres trust  # node scripts, probes and kubectl exec, through the pod's own socket
                host postgres postgres all scram-sha-256  # Jobs, whose addresses are not known beforehand
                host postgres streamset all scram-sha-256  # the nodes, which query each other
                host all streamset all reject
                host replication replicator pod-0.svc scram-sha-256

                """, file("").render(List.of("pod-0.svc")));
    }

    @Test
    void hasOneLinePerPodForALineWithPods() {
        assertEquals("""
                local  all          all                     trust
                host   replication  replicator  pod-0.svc  scram-sha-256
                host   replication  replicator  pod-1.svc  scram-sha-256
                host   replication  replicator  pod-2.svc  scram-sha-256
                host   all          all         all        scram-sha-256
                """, render("""
                local  all          all                     trust
                host   replication  replicator  ${pods}  scram-sha-256
                host   all          all         all        scram-sha-256
                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "# ${pods} stands for one line per pod\n   # host all all ${pods} trust\n",
                "local\tall\tall\ttrust   # tabs and blanks\n\n\n",
                "host all all samenet md5  # instead of ${pods}\n",
                "host all all samenet md5  # größer \\\n goes on with ${pods}\n",
                "local all all trust",
                "local all all trust\r\n# as on Windows\r\nhost all all all md5\r\n",
                "local all all trust\r\r\n\f# odd \u00a0 bytes\n\\\n\\",
                "\\\nlocal \\\r\n all all \\\n\\\n trust",
                "\"local",
            })
    void leavesEverythingElseAsItIs(String text) {
        assertEquals(text, render(text));
    }

    @Test
    void namesThePodsInTheAddressAlone() {
        assertEquals(
                "host all all pod-0.svc md5 # not ${pods}\nhost all all pod-1.svc md5 # not ${pods}\n",
                render("host all all ${pods} md5 # not ${pods}\n", PODS.subList(0, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void keepsTheLineEnds(String end) {
        assertEquals(
                "host all all pod-0.svc md5" + end + "host all all pod-1.svc md5" + end,
                render("host all all \"${pods}\" md5" + end, PODS.subList(0, 2)));
    }

    @Test
    void repeatsALineWithThoseThatContinueIt() {
        assertEquals("""
                host all \\
                  all pod-0.svc \\
                  md5
                host all \\
                  all pod-1.svc \\
                  md5
                """, render("""
                host all \\
                  all ${po\\
                ds} \\
                  md5
                """, PODS.subList(0, 2)));
    }

    @Test
    void keepsTheLastLineApartFromItsCopies() {
        assertEquals(
                "host all all pod-0.svc md5\nhost all all pod-1.svc md5",
                render("host all all ${pods} md5", PODS.subList(0, 2)));
        assertEquals(
                List.of(List.of("md5"), List.of("md5")),
                HbaLine.of(render("host all all ${pods} md5 \\", PODS.subList(0, 2))).stream()
                        .filter(line -> !line.fields().isEmpty())
                        .map(line -> line.fields().get(4).stream()
                                .map(HbaToken::text)
                                .toList())
                        .toList());
    }

    private static String render(String text) {
        return render(text, PODS);
    }

    /** What becomes of the author's text. */
    private static String render(String text, List<String> pods) {
        var rendered = file(text).render(pods);
        var own = ClusterAccess.lines(pods);
        assertTrue(rendered.startsWith(own), rendered);
        return rendered.substring(own.length());
    }

    private static HbaFile file(String text) {
        return HbaFile.parse(new SourceFile("a.conf", text), 18, new Problems());
    }
}

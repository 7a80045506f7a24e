package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
                file("host all all ${pods} md5 # not ${pods}\n").render(PODS.subList(0, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void keepsTheLineEnds(String end) {
        assertEquals(
                "host all all pod-0.svc md5" + end + "host all all pod-1.svc md5" + end,
                file("host all all \"${pods}\" md5" + end).render(PODS.subList(0, 2)));
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
                """, file("""
                host all \\
                  all ${po\\
                ds} \\
                  md5
                """).render(PODS.subList(0, 2)));
    }

    @Test
    void keepsTheLastLineApartFromItsCopies() {
        assertEquals(
                "host all all pod-0.svc md5\nhost all all pod-1.svc md5",
                file("host all all ${pods} md5").render(PODS.subList(0, 2)));
        assertEquals(
                List.of(List.of("md5"), List.of("md5")),
                HbaLine.of(file("host all all ${pods} md5 \\").render(PODS.subList(0, 2))).stream()
                        .filter(line -> !line.fields().isEmpty())
                        .map(line -> line.fields().get(4).stream()
                                .map(HbaToken::text)
                                .toList())
                        .toList());
    }

    private static String render(String text) {
        return file(text).render(PODS);
    }

    private static HbaFile file(String text) {
        return HbaFile.parse(new SourceFile("a.conf", text), new HbaServer(18, false, List.of()), new Problems());
    }
}

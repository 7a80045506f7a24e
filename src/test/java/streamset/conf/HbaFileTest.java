package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

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
                """, HbaFile.render("""
                local  all          all                     trust
                host   replication  replicator  ${pods}  scram-sha-256
                host   all          all         all        scram-sha-256
                """, PODS));
    }

    @Test
    void leavesEverythingElseAsItIs() {
        var text = """
                # ${pods} stands for one line per pod
                   # host all all ${pods} trust

                local	all	all	trust   # tabs and blanks
                """;
        assertEquals(text, HbaFile.render(text, PODS));
    }

    @Test
    void leavesALineWithPodsInItsCommentAsItIs() {
        assertEquals(
                "host all all samenet md5  # instead of ${pods}\n",
                HbaFile.render("host all all samenet md5  # instead of ${pods}\n", PODS));
    }

    @Test
    void endsWithALineBreak() {
        assertEquals("local all all trust\n", HbaFile.render("local all all trust", PODS));
    }
}

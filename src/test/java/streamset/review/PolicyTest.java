package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PolicyTest {
    private static final Path PROJECT = Path.of("");

    @TempDir
    private Path folder;

    private String text(String config) throws IOException {
        var file = folder.resolve("Pulumi.x.yaml");
        Files.writeString(file, "config:\n  kubernetes:context: none\n  streamset:secretName: passwords\n" + config);
        return Policy.text("x", Policy.judge(PROJECT, "x", file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void hasNothingAgainstTheStacksOfThisProject(String stack) {
        var judgement = Policy.judge(PROJECT, stack, Path.of("Pulumi." + stack + ".yaml"));
        assertTrue(judgement.broken().isEmpty() && judgement.idle().isEmpty(), Policy.text(stack, judgement));
    }

    @Test
    void saysWhatIsBrokenOnceForAllPlaces() throws IOException {
        var text = text("  streamset:replicas: 1\n").replaceAll("(Job postgresql-[a-z]+)-[0-9a-f]{10}", "$1");
        assertEquals("""
                x: 7 of 10 rules are followed, 0 waived, 3 broken

                imageByDigest        = its image is docker.io/library/postgres:18
                problem              : an image is named by its digest: what was tested is what runs; but not so in Job postgresql-handover, container handover, StatefulSet postgresql-sfs, container init, StatefulSet postgresql-sfs, container postgresql, Job postgresql-restarted, container restarted, Job postgresql-replicator, container replicator, Job postgresql-reload, container reload, Job postgresql-slots, container slots, Job postgresql-writable, container writable, Job postgresql-check, container check
                fix                  : pulumi config set streamset:image 'docker.io/library/postgres:18@sha256:<digest>', with the digest that the registry gives it; or, if this is intended: pulumi config set --path 'streamset:waivers.imageByDigest' <the reason>

                synchronousStandby   = a commit waits for no standby
                problem              : an acknowledged commit is on the disks of two pods; but not so in ConfigMap postgresql-configs
                fix                  : pulumi config set --path 'streamset:synchronous.standbys' 1; or, if this is intended: pulumi config set --path 'streamset:waivers.synchronousStandby' <the reason>

                standby              = it has one pod
                problem              : there is a standby: one volume that is lost is not all of the data; but not so in StatefulSet postgresql-sfs
                fix                  : pulumi config set streamset:replicas 3; or, if this is intended: pulumi config set --path 'streamset:waivers.standby' <the reason>
                """, text);
    }

    @Test
    void saysWhatIsWaivedAndWhy() throws IOException {
        assertEquals("""
                x: 9 of 10 rules are followed, 1 waived, 0 broken
                waived  imageByDigest: the registry deletes nothing
                waived  noTrust: without need, the stack follows it
                """, text("""
                  streamset:synchronous: {standbys: 1}
                  streamset:waivers:
                    imageByDigest: "the registry deletes nothing"
                    noTrust: it was needed in the past
                """));
    }
}

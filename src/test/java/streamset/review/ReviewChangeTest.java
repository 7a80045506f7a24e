package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.BadInput;
import streamset.review.report.Changes;
import streamset.review.report.Row;
import streamset.review.report.Verdict;
import tools.jackson.databind.json.JsonMapper;

/** What a reviewer reads. Digests and line numbers, which change with every script and object, stand as … here. */
@Tag("unit")
class ReviewChangeTest {
    private static final String CONF = "wal_level = replica\n";

    @TempDir
    private Path folder;

    private ReviewDraft draft;

    @BeforeEach
    void ofOneStack() {
        draft = new ReviewDraft(folder);
    }

    private static void shows(String text, ReviewDraft change) {
        assertEquals(
                text,
                change.text()
                        .replaceAll("\\b(?:[0-9a-f]{16}|[0-9a-f]{10})\\b", "…")
                        .replaceAll("@@ -\\d+,(\\d+) \\+\\d+,(\\d+) @@", "@@ -…,$1 +…,$2 @@"));
    }

    @Test
    void saysInOneLineThatNothingChanges() {
        shows("""
                nothing changes in 1 stack, compared with main
                """, draft);
    }

    @Test
    void showsAReload() {
        shows(
                """
                changes in 1 stack, compared with main

                stack  verdict  writes pause  what cannot be undone
                qa     reload   none

                qa: reload
                  compared with the reviewed objects of main

                  Settings
                    setting   from  to   by      why
                    work_mem  4MB   2MB  reload  file: src/main/postgresql/postgresql.conf:3

                  Steps
                    1. a separate server checks the conf files first; if it cannot run with
                       them, the update ends before it changes anything: no pause
                    2. every pod gets the conf files within a few seconds, and its server reads
                       them: no pause

                    - replaced: only Jobs; all volumes stay, with their data

                  Budgets
                    budget              before           after
                    memory of each pod  1995 of 2048 MB  1659 of 2048 MB
                    pg_wal of each pod  2039 of 2048 MB  2039 of 2048 MB

                  Objects that differ
                    - ConfigMap postgresql-configs: data[postgresql.conf] from (the file) to
                      (the file with other lines)
                    - ConfigMap postgresql-topology: data.topology.generation from 1 to 2
                    - ConfigMap postgresql-topology: data.topology.revision from
                      … to …
                    - ConfigMap postgresql-candidate-…: replaced by another one
                    - Job postgresql-check-…: replaced by another one
                    - Job postgresql-reload-…: replaced by another one
                """,
                draft.confBefore("postgresql.conf", CONF + "max_connections = 60\n")
                        .conf("postgresql.conf", CONF + "max_connections = 60\nwork_mem = 2MB\n"));
    }

    @Test
    void showsARestart() {
        shows("""
                changes in 1 stack, compared with main

                stack  verdict  writes pause  what cannot be undone
                qa     restart  about 3 s

                qa: restart
                  compared with the reviewed objects of main

                  Settings
                    setting          from  to   by       why
                    max_connections  60    50   restart  file:
                                                         src/main/postgresql/postgresql.conf:2
                    work_mem         4MB   5MB  restart  computed: what 2Gi of memory leaves for
                                                         each connection

                  Steps
                    1. a separate server checks the conf files first; if it cannot run with
                       them, the update ends before it changes anything: no pause
                    2. each pod gets the conf files with its restart; the reload Job leaves it
                       alone until then: no pause
                    3. pods restart one at a time, each streaming before the next
                       (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends
                       when all have; clients' connections end once at each pod, at the primary
                       last: writes pause for about 3 s, at postgresql-sfs-0

                    - replaced: the pods; all volumes stay, with their data

                  Budgets
                    budget              before           after
                    memory of each pod  1995 of 2048 MB  1964 of 2048 MB
                    pg_wal of each pod  2039 of 2048 MB  2039 of 2048 MB

                  Objects that differ
                    - ConfigMap postgresql-configs: data[postgresql.conf] from (the file) to
                      (the file with other lines)
                    - ConfigMap postgresql-topology: data.topology.generation from 1 to 2
                    - ConfigMap postgresql-topology: data.topology.pod from … to
                      …
                    - ConfigMap postgresql-topology: data.topology.revision from
                      … to …
                    - StatefulSet postgresql-sfs:
                      spec.template.metadata.annotations[streamset/restart] from
                      … to …
                    - StatefulSet postgresql-sfs:
                      spec.template.spec.containers[postgresql].env[POD_DIGEST].value from
                      … to …
                    - StatefulSet postgresql-sfs:
                      spec.template.spec.initContainers[init].env[POD_DIGEST].value from
                      … to …
                    - ConfigMap postgresql-candidate-…: replaced by another one
                    - Job postgresql-check-…: replaced by another one
                    - Job postgresql-restarted-…: replaced by another one
                    - Job postgresql-reload-…: replaced by another one
                """, draft.conf("postgresql.conf", CONF + "max_connections = 50\n"));
    }

    @Test
    void showsAnotherPrimary() {
        shows("""
                changes in 1 stack, compared with main

                stack  verdict               writes pause  what cannot be undone
                qa     pods or roles change  about 1 s

                qa: pods or roles change
                  compared with the reviewed objects of main

                  Steps
                    1. postgresql-sfs-0 hands over to postgresql-sfs-2 and follows it; no
                       acknowledged commit is lost: writes pause for about 1 s

                    - replaced: only Jobs; all volumes stay, with their data

                  Budgets
                    budget              before           after
                    memory of each pod  1995 of 2048 MB  1995 of 2048 MB
                    pg_wal of each pod  2039 of 2048 MB  2039 of 2048 MB

                  Objects that differ
                    - ConfigMap postgresql-topology: data.topology.generation from 1 to 2
                    - ConfigMap postgresql-topology: data.topology.primary from 0 to 2
                    - Service postgresql-primary:
                      spec.selector[statefulset.kubernetes.io/pod-name] from postgresql-sfs-0 to
                      postgresql-sfs-2
                    - Job postgresql-handover-…: replaced by another one
                    - Job postgresql-slots-…: replaced by another one
                    - Job postgresql-writable-…: replaced by another one
                """, draft.change("replicas: 3", "replicas: 3\n  streamset:primary: 2"));
    }

    @Test
    void showsFirstWhatASecondPersonShouldApprove() {
        shows("""
                changes in 1 stack, compared with main

                stack  verdict                  writes pause  what cannot be undone
                qa     needs a second approval  about 3 s

                qa: needs a second approval
                  compared with the reviewed objects of main

                  A second person should approve this
                    - data: volumes are deleted when their pods, or the stack, are no longer
                      declared, and there is no backup
                    - security: the Secret others must exist in the namespace postgresql before
                      the update: no pod starts without it (streamset:secretName)
                    - rule: keepVolumes is broken: it is deleted, with its data, when it is no
                      longer declared

                  Settings
                    setting               from       to      by       why
                    streamset:secretName  passwords  others  restart  the stack's file

                  Steps
                    1. from now on, volumes are deleted with their data when their pods, or the
                       stack, are no longer declared: no pause
                    2. 4 objects change: spec.template.spec.volumes[passwords].secret.secretName
                       from passwords to others: no pause
                    3. pods restart one at a time, each streaming before the next
                       (postgresql-sfs-2, postgresql-sfs-1, postgresql-sfs-0); the update ends
                       when all have; clients' connections end once at each pod, at the primary
                       last: writes pause for about 3 s, at postgresql-sfs-0

                    - replaced: the pods; all volumes stay, with their data

                  Budgets
                    budget              before           after
                    memory of each pod  1995 of 2048 MB  1995 of 2048 MB
                    pg_wal of each pod  2039 of 2048 MB  2039 of 2048 MB

                  Rules
                    rule         before    after
                    keepVolumes  followed  broken: it is deleted, with its data, when it is no
                                           longer declared

                  Objects that differ
                    - Namespace postgresql: metadata.annotations[streamset/keep] from true to
                      false
                    - PersistentVolumeClaim data-postgresql-sfs-0:
                      metadata.annotations[streamset/keep] from true to false
                    - PersistentVolumeClaim data-postgresql-sfs-1:
                      metadata.annotations[streamset/keep] from true to false
                    - PersistentVolumeClaim data-postgresql-sfs-2:
                      metadata.annotations[streamset/keep] from true to false
                    - ConfigMap postgresql-topology: data.topology.generation from 1 to 2
                    - ConfigMap postgresql-topology: data.topology.pod from … to
                      …
                    - Job postgresql-handover-…:
                      spec.template.spec.volumes[passwords].secret.secretName from passwords to
                      others
                    - StatefulSet postgresql-sfs:
                      spec.template.spec.containers[postgresql].env[POD_DIGEST].value from
                      … to …
                    - StatefulSet postgresql-sfs:
                      spec.template.spec.initContainers[init].env[POD_DIGEST].value from
                      … to …
                    - StatefulSet postgresql-sfs:
                      spec.template.spec.volumes[passwords].secret.secretName from passwords to
                      others
                    - Job postgresql-reload-…:
                      spec.template.spec.volumes[passwords].secret.secretName from passwords to
                      others
                    - Job postgresql-slots-…:
                      spec.template.spec.volumes[passwords].secret.secretName from passwords to
                      others
                    - Job postgresql-writable-…:
                      spec.template.spec.volumes[passwords].secret.secretName from passwords to
                      others
                    - Job postgresql-restarted-…: replaced by another one
                    - Job postgresql-replicator-…: replaced by another one
                """, draft.change("secretName: passwords", "secretName: others\n  streamset:keepVolumes: false"));
    }

    @Test
    void showsARefusalWithItsEdit() {
        shows("""
                changes in 1 stack, compared with main

                stack  verdict  writes pause  what cannot be undone
                qa     refused  not known

                qa: refused
                  compared with the reviewed objects of main

                  Refused: streamset:storage.size = 5Gi
                    - problem: the volumes have 10Gi, and volumes do not shrink
                    - fix: pulumi config set --path 'streamset:storage.size' 10Gi
                    - or write in Pulumi.qa.yaml:6:   streamset:storage: {size: 10Gi} # of each
                      pod

                  The edit that mends it
                    --- a/Pulumi.qa.yaml
                    +++ b/Pulumi.qa.yaml
                    @@ -…,5 +…,5 @@ config:
                       kubernetes:context: kind
                       streamset:replicas: 3
                       streamset:resources: {cpu: "1", memory: 2Gi}
                    -  streamset:storage: {size: 5Gi} # of each pod
                    +  streamset:storage: {size: 10Gi} # of each pod
                       streamset:secretName: passwords
                """, draft.change("size: 10Gi", "size: 5Gi"));
    }

    @Test
    void saysWhatItCouldNotLookAt() {
        shows("""
                changes in 2 stacks, compared with main

                stack  verdict          writes pause  what cannot be undone
                new    not judged       not known
                qa     nothing changes  none

                new: not judged
                  compared with the reviewed objects of main

                  Not looked at
                    - main has no reviewed objects of this stack (stacks/new/manifests.yaml), so
                      whether a cluster is there was not looked at; if none is, this happens

                  Steps
                    1. first deployment in the namespace other: PostgreSQL 18, postgresql-sfs-0
                       as primary and 2 standbys, each with 10Gi.
                    2. Volumes that an earlier cluster of this name has left are reused, with
                       their data.

                  Budgets
                    budget              before  after
                    memory of each pod          1995 of 2048 MB
                    pg_wal of each pod          2039 of 2048 MB
                """, draft.stack("new", OTHER));
    }

    @Test
    void showsWhoWaivesARuleAndWhy() {
        var waivers = "secretName: passwords\n  streamset:waivers: {imageByDigest: our registry deletes nothing";
        draft.before("secretName: passwords", waivers + "}");
        shows(
                """
                changes in 1 stack, compared with main

                stack  verdict                  writes pause  what cannot be undone
                qa     needs a second approval  none

                qa: needs a second approval
                  compared with the reviewed objects of main

                  A second person should approve this
                    - data: volumes are deleted when their pods, or the stack, are no longer
                      declared, and there is no backup
                    - rule: keepVolumes is broken: it is deleted, with its data, when it is no
                      longer declared
                    - rule: synchronousStandby is waived: a copy of the data is elsewhere

                  Steps
                    1. from now on, volumes are deleted with their data when their pods, or the
                       stack, are no longer declared: no pause

                    - replaced: only Jobs; all volumes stay, with their data

                  Budgets
                    budget              before           after
                    memory of each pod  1995 of 2048 MB  1995 of 2048 MB
                    pg_wal of each pod  2039 of 2048 MB  2039 of 2048 MB

                  Rules
                    rule                before                       after
                    imageByDigest       waived: our registry         waived: our registry
                                        deletes nothing              deletes nothing
                    keepVolumes         followed                     broken: it is deleted, with
                                                                     its data, when it is no
                                                                     longer declared
                    synchronousStandby  broken: a commit waits for   waived: a copy of the data
                                        no standby                   is elsewhere

                  Objects that differ
                    - Namespace postgresql: metadata.annotations[streamset/keep] from true to
                      false
                    - PersistentVolumeClaim data-postgresql-sfs-0:
                      metadata.annotations[streamset/keep] from true to false
                    - PersistentVolumeClaim data-postgresql-sfs-1:
                      metadata.annotations[streamset/keep] from true to false
                    - PersistentVolumeClaim data-postgresql-sfs-2:
                      metadata.annotations[streamset/keep] from true to false
                """,
                draft.change(
                        "secretName: passwords",
                        "keepVolumes: false\n  streamset:" + waivers
                                + ", synchronousStandby: a copy of the data is elsewhere}"));
    }

    @Test
    void showsThatReviewedObjectsAreStale() {
        shows("""
                changes in 1 stack, compared with main

                stack  verdict                               writes pause  what cannot be undone
                qa     nothing changes; reviewed objects     none
                       are stale

                qa: nothing changes; reviewed objects are stale
                  compared with the reviewed objects of main

                  stacks/qa/manifests.yaml is not what is rendered: make snapshots, and commit
                    it
                    --- a/stacks/qa/manifests.yaml
                    +++ b/stacks/qa/manifests.yaml
                    @@ -…,7 +…,7 @@ metadata:
                       namespace: postgresql
                     spec:
                       podManagementPolicy: Parallel
                    -  replicas: 4
                    +  replicas: 3
                       selector:
                         matchLabels:
                           app.kubernetes.io/component: server
                """, draft.reviewed(manifests -> manifests.replace("replicas: 3", "replicas: 4")));
    }

    /** Each kind of change that people make; in the table, ⏎ is a line end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            replicas: 3   | replicas: 5                                                 | TOPOLOGY 0
            replicas: 3   | replicas: 5⏎  streamset:primary: 2                          | TOPOLOGY 1
            replicas: 3   | replicas: 1                                                 | SECOND_APPROVAL 0
            replicas: 3   | replicas: 4                                                 | REFUSED 0
            replicas: 3   | replicas: 3⏎  streamset:primary: 3                          | REFUSED 0
            replicas: 3   | replicas: 3⏎  streamset:primary: 1⏎  streamset:lost: [0]    | SECOND_APPROVAL 13
            memory: 2Gi   | memory: 1Gi                                                 | RESTART 3
            memory: 2Gi   | memory: 8Gi                                                 | RESTART 3
            cpu: "1"      | cpu: "2"                                                    | RESTART 3
            size: 10Gi    | size: 20Gi                                                  | SECOND_APPROVAL 3
            size: 10Gi    | size: 5Gi                                                   | REFUSED 0
            size: 10Gi    | size: 10Gi, kind: hdd                                       | RELOAD 0
            size: 10Gi    | size: 10Gi, className: fast                                 | REFUSED 0
            context: kind | context: other                                              | REFUSED 0
            replicas: 3   | replicas: 3⏎  streamset:namespace: other                    | REFUSED 0
            replicas: 3   | replicas: 3⏎  streamset:name: other                         | REFUSED 0
            replicas: 3   | replicas: 3⏎  streamset:version: 17                         | REFUSED 0
            replicas: 3   | replicas: 3⏎  streamset:keepVolumes: false                  | SECOND_APPROVAL 0
            replicas: 3   | replicas: 3⏎  streamset:synchronous: {standbys: 1}          | RELOAD 0
            replicas: 3   | replicas: 3⏎  streamset:parameters: {temp_buffers: 4MB}     | RELOAD 0
            replicas: 3   | replicas: 3⏎  streamset:parameters: {fsync: "off"}          | SECOND_APPROVAL 0
            replicas: 3   | replicas: 3⏎  streamset:wal: {keepSize: 512MB}              | SECOND_APPROVAL 3
            replicas: 3   | replicas: 3⏎  streamset:wal: {keepSize: 1200MB}             | RESTART 3
            replicas: 3   | replicas: 3⏎  streamset:wal: {volume: {size: 4Gi}}          | REFUSED 0
            replicas: 3   | replicas: 3⏎  streamset:wal: {segmentSize: 64MB}            | REFUSED 0
            replicas: 3   | replicas: 3⏎  streamset:image: docker.io/library/postgres:18.1 | RESTART 3
            replicas: 3   | replicas: 3⏎  streamset:image: docker.io/library/postgres:17.1 | REFUSED 0
            replicas: 3   | replicas: 3⏎  streamset:runAsUser: 70                       | REFUSED 0
            passwords     | others                                                      | SECOND_APPROVAL 3
            replicas: 3   | replicas: 3 # three                                         | NOTHING 0
            """)
    void judgesEachKindOfChange(String from, String to, String verdict) {
        var stack = draft.change(from, to.replace("⏎", "\n")).review().stacks().get(0);
        assertEquals(verdict, stack.verdict().name() + " " + stack.pauseSeconds());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            postgresql.conf | wal_level = replica # as it is                     | OBJECTS 0
            postgresql.conf | wal_level = replica⏎max_connections = 70           | RESTART 3
            postgresql.conf | wal_level = replica⏎shared_buffers = 256MB         | RESTART 3
            postgresql.conf | wal_level = replica⏎full_page_writes = off         | SECOND_APPROVAL 0
            postgresql.conf | wal_level = minimal                                | REFUSED 0
            postgresql.conf | work_mem                                           | REFUSED 0
            pg_hba.conf     | host all all 10.0.0.0/8 scram-sha-256⏎host a a 10.1.0.0/16 reject | RELOAD 0
            pg_hba.conf     | host a a 10.1.0.0/16 scram-sha-256                 | RELOAD 0
            pg_hba.conf     | host all all all reject                            | SECOND_APPROVAL 0
            pg_hba.conf     | host all all all reject⏎host all all 10.0.0.0/8 scram-sha-256 | SECOND_APPROVAL 0
            pg_hba.conf     | host all all 10.0.0.0/8 password                   | SECOND_APPROVAL 0
            pg_hba.conf     | host all all 10.0.0.0/8 trust                      | REFUSED 0
            """)
    void judgesEachKindOfChangeOfAConfFile(String name, String text, String verdict) {
        var stack = draft.conf(name, text.replace("⏎", "\n") + "\n")
                .review()
                .stacks()
                .get(0);
        assertEquals(verdict, stack.verdict().name() + " " + stack.pauseSeconds());
    }

    @Test
    void tellsOnceWhatIsWrongInAFileOfSeveralStacks() {
        var text = draft.stack("other", OTHER)
                .conf("postgresql.conf", "work_mem = 1PB\n")
                .text();
        assertEquals(1, text.split("The edit that mends it", -1).length - 1, text);
        assertTrue(
                text.contains(
                        "  Refused: src/main/postgresql/postgresql.conf:1 = work_mem = 1PB\n    - the same as in other\n"),
                text);
    }

    @Test
    void judgesAStackThatIsNoLongerThere() {
        shows("""
                changes in 1 stack, compared with main

                stack  verdict     writes pause  what cannot be undone
                qa     not judged  not known

                qa: not judged
                  compared with nothing

                  Not looked at
                    - Pulumi.qa.yaml is no longer there. What the stack has made stays until:
                      pulumi destroy --stack qa. If it has another name now: pulumi stack rename
                """, draft.without("qa"));
    }

    private static final String OTHER =
            ReviewDraft.STACK_FILE.replace("replicas: 3", "replicas: 3\n  streamset:namespace: other");

    @Test
    void refusesTwoStacksForTheSameObjects() {
        var review = draft.stack("other", ReviewDraft.STACK_FILE).review();
        assertEquals(
                List.of("other REFUSED", "qa REFUSED"),
                review.stacks().stream()
                        .map(stack -> stack.stack() + " " + stack.verdict().name())
                        .toList());
        assertTrue(
                review.stacks().get(0).refusals().get(0).problem().reason().contains("is also that of the stack qa"));
    }

    /** Each edit is applied as a reader would, by git, and the problem is gone. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ··max_connections = 5000 # many⏎work_mem = 1MB⏎ | ··max_connections = 240 # many⏎work_mem = 1MB⏎
            wal_level = minimal # why⏎work_mem = 1MB⏎       | work_mem = 1MB⏎
            work_mem = 1PB␍⏎jit = on␍⏎                      | jit = on␍⏎
            fsync = yes⏎port = 1⏎jit = on⏎port = 2⏎         | fsync = yes⏎jit = on⏎
            """)
    void editsAConfFile(String before, String after) throws Exception {
        var review = draft.conf("postgresql.conf", characters(before)).review();
        var edit = review.stacks().get(0).refusals().get(0).edit();
        Files.writeString(folder.resolve("edit"), edit + "\n");
        var git = new ProcessBuilder(
                        "git", "apply", "--unidiff-zero", folder.resolve("edit").toString())
                .directory(draft.project().toFile())
                .inheritIO()
                .start();
        assertEquals(0, git.waitFor(), edit);
        assertEquals(
                characters(after),
                Files.readString(draft.project().resolve("src/main/postgresql/postgresql.conf")),
                edit);
    }

    private static String characters(String cell) {
        return cell.replace("⏎", "\n").replace("␍", "\r").replace("·", " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            memory: 2Gi            | memory: 16GB
            context: kind          | namespace: x
            secretName: passwords  | passwords: {postgres: a, replicator: b}
            """)
    void proposesNoEditWhereAPersonMustChoose(String from, String to) {
        var refusals = draft.change(from, to).review().stacks().get(0).refusals();
        assertFalse(refusals.isEmpty());
        refusals.forEach(refusal -> assertFalse(refusal.edit().contains("<"), refusal.edit()));
        assertFalse(refusals.get(0).edit().contains("512Mi"), refusals.get(0).edit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "config:\n", "encryptionsalt: v1\n", "config: {}\n"})
    void reportsAFileWithoutKeys(String text) {
        assertEquals(
                Verdict.REFUSED,
                draft.stack("qa", text).review().stacks().get(0).verdict());
    }

    @Test
    void reportsOtherStacksWhenAFileIsNoText() throws IOException {
        draft.stack("other", OTHER).review();
        Files.write(draft.base().resolve("stacks/qa/manifests.yaml"), new byte[] {(byte) 0xff, 1});
        var stacks = draft.review().stacks();
        assertEquals(
                List.of(
                        "stacks/qa/manifests.yaml of main cannot be read as reviewed objects, so whether a cluster is there"
                                + " was not looked at; if none is, this happens"),
                stacks.stream()
                        .filter(stack -> stack.stack().equals("qa"))
                        .findFirst()
                        .orElseThrow()
                        .notJudged());
        assertEquals(2, stacks.size());
    }

    @Test
    void saysThatAStateIsNone() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("states")).resolve("qa.json"), "{");
        var stack = draft.option("states", folder.resolve("states").toString())
                .review()
                .stacks()
                .get(0);
        assertEquals(List.of("qa.json is not what pulumi stack export writes"), stack.notJudged());
    }

    @Test
    void takesOneStackAlone() {
        var review = draft.stack("other", ReviewDraft.STACK_FILE)
                .option("stack", "qa")
                .review();
        assertEquals(1, review.stacks().size());
        assertEquals("qa", review.stacks().get(0).stack());
    }

    /** As the engine keeps it: the objects among other resources, with what the server has added. */
    private void exported(UnaryOperator<String> change) throws IOException {
        draft.review();
        var objects = Candidate.objects(Files.readString(draft.base().resolve("stacks/qa/manifests.yaml")));
        var resources = JsonMapper.shared().createArrayNode();
        resources.addObject().put("type", "pulumi:pulumi:Stack");
        objects.forEach(object -> resources.addObject().set("outputs", object));
        var state = JsonMapper.shared().createObjectNode();
        state.putObject("deployment").set("resources", resources);
        Files.writeString(
                Files.createDirectory(folder.resolve("states")).resolve("qa.json"), change.apply(state.toString()));
        draft.option("states", folder.resolve("states").toString());
    }

    @Test
    void comparesWithAState() throws IOException {
        exported(state -> state);
        var stack = draft.change("replicas: 3", "replicas: 5").review().stacks().get(0);
        assertEquals("the state of the stack", stack.comparedWith());
        assertEquals(Verdict.TOPOLOGY, stack.verdict());
        assertEquals(List.of(), stack.notJudged());
    }

    @Test
    void warnsWhenAStateIsNotWhatWasReviewed() throws IOException {
        exported(state -> state.replace("\"replicas\":3", "\"replicas\":5"));
        var stack = draft.review().stacks().get(0);
        assertEquals(
                List.of(
                        "the state is not what was reviewed in main: it differs in StatefulSet postgresql-sfs; the plan starts"
                                + " from the state"),
                stack.notJudged());
        assertEquals(Verdict.TOPOLOGY, stack.verdict());
    }

    @Test
    void knowsAStateWithoutACluster() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("states")).resolve("qa.json"), "{\"deployment\":{}}");
        var stack = draft.option("states", folder.resolve("states").toString())
                .review()
                .stacks()
                .get(0);
        assertEquals(List.of("the stack's state has no cluster: this is the first deployment"), stack.notJudged());
    }

    @Test
    void isJsonOfTheDocumentedForm() throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schema/review.schema.json")));
        draft.stack("other", "config: {kubernetes:context: x, streamset:replicas: 4}\n")
                .stack("more", OTHER)
                .change("size: 10Gi", "size: 20Gi")
                .conf("pg_hba.conf", "host a a 10.1.0.0/16 scram-sha-256\n");
        assertEquals(List.of(), schema.validate(draft.json(), InputFormat.JSON));
        assertFalse(schema.validate(draft.json().replace("\"edit\"", "\"edits\""), InputFormat.JSON)
                .isEmpty());
    }

    @Test
    void knowsNoStackThatIsNowhere() {
        draft.option("stack", "qq");
        assertEquals("""
                1 problem, nothing was changed

                STACK                = qq
                problem              : there is no such stack
                fix                  : STACK=<one of: qa>
                """, assertThrows(BadInput.class, draft::review).getMessage());
    }

    @Test
    void writesNothing() throws IOException {
        draft.change("replicas: 3", "replicas: 5").review();
        var before = Files.getLastModifiedTime(draft.project().resolve("stacks/qa/manifests.yaml"));
        var files = files();
        draft.review();
        assertEquals(files, files());
        assertEquals(before, Files.getLastModifiedTime(draft.project().resolve("stacks/qa/manifests.yaml")));
    }

    private String files() throws IOException {
        try (var found = Files.walk(folder)) {
            return found.map(Path::toString).sorted().toList().toString();
        }
    }

    @Test
    void hasTheSameFactsAsJson() {
        var stack = JsonMapper.shared()
                .readTree(draft.change("size: 10Gi", "size: 20Gi").json())
                .at("/stacks/0");
        assertEquals("second_approval", stack.path("verdict").asString());
        assertEquals(
                "volumes for data grow to 20Gi, and no volume shrinks",
                stack.at("/irreversible/0").asString());
        assertEquals("+30Gi", stack.at("/resources/0/difference").asString());
        assertEquals(
                "computed: half of 4096 MB for WAL (20 % of the data volume of 20Gi)", why(stack, "wal_keep_size"));
    }

    @Test
    void tellsWhatScalingDownFreesFromVolumesThatStayClaimed() {
        draft.before("replicas: 3", "replicas: 5");
        var kept = draft.review().stacks().get(0).changes();
        assertEquals(
                List.of(
                        new Row.Resource("CPU", "5", "3", "-2"),
                        new Row.Resource("memory", "10Gi", "6Gi", "-4Gi"),
                        new Row.Resource("volumes", "50Gi", "30Gi + 20Gi that no pod uses", "none is freed")),
                kept.resources());
        assertEquals("is no longer declared, and stays with its data", fate("data-postgresql-sfs-4", kept));
    }

    @Test
    void countsWhatExportersOfMetricsTake() {
        draft.change("replicas: 3", "replicas: 3\n  streamset:metrics: {enabled: true}");
        assertEquals(
                List.of(
                        new Row.Resource("CPU", "3", "3300m", "+300m"),
                        new Row.Resource("memory", "6Gi", "6336Mi", "+192Mi")),
                draft.review().stacks().get(0).changes().resources());
    }

    @Test
    void countsVolumesAsFreedWhereTheyGo() {
        draft.before("replicas: 3", "replicas: 5\n  streamset:keepVolumes: false");
        draft.change("replicas: 3", "replicas: 3\n  streamset:keepVolumes: false");
        var gone = draft.review().stacks().get(0).changes();
        assertEquals(
                new Row.Resource("volumes", "50Gi", "30Gi", "-20Gi"),
                gone.resources().get(2));
        assertEquals("goes with its data", fate("data-postgresql-sfs-4", gone));
    }

    private static String fate(String claim, Changes changes) {
        return changes.objects().stream()
                .filter(row -> row.object().equals("PersistentVolumeClaim " + claim))
                .findFirst()
                .orElseThrow()
                .to();
    }

    private static String why(tools.jackson.databind.JsonNode stack, String setting) {
        return stack.path("settings")
                .valueStream()
                .filter(row -> row.path("name").asString().equals(setting))
                .findFirst()
                .orElseThrow()
                .path("why")
                .asString();
    }
}

package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.problems.Problem;
import streamset.problems.Problems;

/** Everything that a stack can say wrong, and what its author then reads. */
@Tag("unit")
class StackConfigRefusalsTest {
    private final StackDraft stack = StackDraft.minimal();

    @Nested
    class UnknownKeys {
        @Test
        void areToldWithTheNearestKnownOne() {
            stack.with("replica", "5").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:replica    = 5
                    problem              : no such key, did you mean streamset:replicas?
                    fix                  : pulumi config rm streamset:replica
                    """);
        }

        @Test
        void areToldWithTheNearestKnownOneInsideAnObjectToo() {
            stack.with("resources", "{\"memroy\":\"1Gi\"}")
                    .with("storage", "{\"classname\":\"fast\"}")
                    .with("wal", "{\"keepsize\":\"1GB\"}")
                    .isRefusedWith("""
                            3 problems, nothing was changed

                            streamset:resources.memroy = 1Gi
                            problem                    : no such key, did you mean streamset:resources.memory?
                            fix                        : pulumi config rm --path 'streamset:resources.memroy'

                            streamset:storage.classname = fast
                            problem                     : no such key, did you mean streamset:storage.className?
                            fix                         : pulumi config rm --path 'streamset:storage.classname'

                            streamset:wal.keepsize = 1GB
                            problem                : no such key, did you mean streamset:wal.keepSize?
                            fix                    : pulumi config rm --path 'streamset:wal.keepsize'
                            """);
        }

        @Test
        void areToldWithAllKnownOnesWhenNoneIsNear() {
            stack.with("highAvailability", "yes").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:highAvailability = yes
                    problem                    : no such key; there are: allowTrust, backup, certificateSeed, clients, clusterDomain, createNamespace, databases, failover, failoverTimes, image, imagePullSecrets, keepDiverged, keepVolumes, lost, metrics, name, namespace, parameters, passwords, primary, replicas, resources, restore, runAsUser, scheduling, secretName, services, storage, synchronous, tls, version, waivers, wal
                    fix                        : pulumi config rm streamset:highAvailability
                    """);
        }

        @Test
        void insideAnObjectAreToldWithAllItsKnownOnes() {
            stack.with("resources", "{\"devices\":{\"fast\":4}}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:resources.devices = {"fast":4}
                    problem                     : no such key; there are: cpu, hugePages, memory
                    fix                         : pulumi config rm --path 'streamset:resources.devices'
                    """);
        }
    }

    @Nested
    class WrongTypes {
        @Test
        void textOrListOrFractionForAWholeNumber() {
            stack.with("replicas", "three").with("version", "[18]").isRefusedWith("""
                    2 problems, nothing was changed

                    streamset:version    = [18]
                    problem              : must be a major version of PostgreSQL, 14 … 18
                    fix                  : pulumi config set streamset:version 18

                    streamset:replicas   = three
                    problem              : must be a whole number, 1 … 999
                    fix                  : pulumi config set streamset:replicas 3
                    """);
        }

        @Test
        void textForABoolean() {
            stack.with("createNamespace", "yes").with("keepVolumes", "1").isRefusedWith("""
                    2 problems, nothing was changed

                    streamset:createNamespace = yes
                    problem                   : must be true or false; did you mean true?
                    fix                       : pulumi config set streamset:createNamespace true

                    streamset:keepVolumes = 1
                    problem               : must be true or false; did you mean true?
                    fix                   : pulumi config set streamset:keepVolumes true
                    """);
        }

        @Test
        void objectForAText() {
            stack.with("name", "{\"first\":\"a\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:name       = {"first":"a"}
                    problem              : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends
                    fix                  : pulumi config set streamset:name postgresql
                    """);
        }

        @Test
        void listOrObjectForAFieldOfAnObject() {
            stack.with("resources", "{\"cpu\":[1],\"memory\":{\"limit\":\"1Gi\"}}")
                    .isRefusedWith("""
                    2 problems, nothing was changed

                    streamset:resources.cpu = [1]
                    problem                 : must be a single value, not a list
                    fix                     : pulumi config set --path 'streamset:resources.cpu' 500m

                    streamset:resources.memory = {"limit":"1Gi"}
                    problem                    : must be a single value, not an object
                    fix                        : pulumi config set --path 'streamset:resources.memory' 512Mi
                    """);
        }

        @Test
        void booleanForAQuantity() {
            stack.with("storage", "{\"size\":true}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:storage.size = true
                    problem                : must be a Kubernetes quantity of bytes, such as 512Mi or 10Gi
                    fix                    : pulumi config set --path 'streamset:storage.size' 10Gi
                    """);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"[1,2]|a list", "true|a boolean", "3|a number", "\"10Gi\"|a text", "[]|a list"})
        void anythingElseForAnObject(String value, String kind) {
            stack.with("storage", value).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:storage    = %s
                    problem              : must be an object with named fields, not %s
                    fix                  : pulumi config rm streamset:storage, then set each field: pulumi config set --path 'streamset:storage.<field>' <value>
                    """.formatted(value, kind));
        }

        @Test
        void aListAsTheValueOfAParameter() {
            stack.with("parameters", "{\"work_mem\":[\"8MB\"]}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:parameters.work_mem = ["8MB"]
                    problem                       : must be a single value, not a list
                    fix                           : pulumi config set --path 'streamset:parameters.work_mem' <value>
                    """);
        }

        @Test
        void severalLinesAsTheValueOfAParameter() {
            stack.with("parameters", "{\"work_mem\":\"8MB\\r\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:parameters.work_mem = 8MB\s
                    problem                       : must be a single line without NUL bytes
                    fix                           : pulumi config set --path 'streamset:parameters.work_mem' <value>
                    """);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"work mem", "work-mem", "1a", "a.b.c", ".a", "a.", "a = b", "#a", "a$b", "größe"})
    void aParameterWithANameThatNoConfLineCanBeginWith(String name) {
        stack.with("parameters", "{\"" + name + "\":\"8MB\"}").isRefusedWith("""
                1 problem, nothing was changed

                streamset:parameters.%1$s = 8MB
                problem%2$s : is not the name of a parameter: letters, digits and '_', at most one '.'
                fix%3$s : pulumi config rm --path 'streamset:parameters%4$s'
                """.formatted(
                        name,
                        " ".repeat(14 + name.length()),
                        " ".repeat(18 + name.length()),
                        name.contains(".") ? "[\"" + name + "\"]" : "." + name));
    }

    @Nested
    class RolesOfPods {
        @Test
        void thatDoNotExist() {
            stack.with("primary", "3").with("lost", "[1,5,\"x\"]").isRefusedWith("""
                    3 problems, nothing was changed

                    streamset:primary    = 3
                    problem              : must be the ordinal of a pod, 0 … 2: scaling never removes the primary, hand over first
                    fix                  : pulumi config set streamset:primary 0

                    streamset:lost       = 5
                    problem              : must contain ordinals of pods, 0 … 2
                    fix                  : pulumi config rm streamset:lost

                    streamset:lost       = x
                    problem              : must contain ordinals of pods, 0 … 2
                    fix                  : pulumi config rm streamset:lost
                    """);
        }

        @Test
        void aPrimaryThatIsLost() {
            stack.with("lost", "[0]").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:lost       = [0]
                    problem              : pod 0 is the declared primary: a lost pod cannot write
                    fix                  : pulumi config set streamset:primary <one of the others>
                    """);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"0|a text", "{\"0\":true}|an object", "[[0]]|a list", "[0|a text"})
        void lostPodsThatAreNoList(String value, String kind) {
            stack.with("lost", value).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:lost       = %s
                    problem              : must be a list of single values, not %s
                    fix                  : pulumi config rm streamset:lost, then set each: pulumi config set --path 'streamset:lost[0]' <value>
                    """.formatted(value, value.equals("0") ? "a number" : kind));
        }

        @ParameterizedTest
        @ValueSource(strings = {"default", "kube-system", "kube-public", "kube-node-lease", "openshift-config"})
        void aNamespaceOfKubernetesItself(String namespace) {
            stack.with("namespace", namespace).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:namespace  = %s
                    problem              : belongs to Kubernetes itself, and a declared namespace is deleted with the stack, with everything in it
                    fix                  : pulumi config set streamset:namespace postgresql; or, to leave it alone: pulumi config set streamset:createNamespace false
                    """.formatted(namespace));
            stack.with("createNamespace", "false").config();
        }

        @Test
        void moreSynchronousStandbysThanThereAre() {
            stack.with("synchronous", "{\"standbys\":3}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:synchronous.standbys = 3
                    problem                        : must be a whole number of standbys, 0 … 2: 3 pods have 2 standbys, and with more required no commit would ever be acknowledged
                    fix                            : pulumi config set --path 'streamset:synchronous.standbys' 1
                    """);
        }

        @Test
        void synchronousStandbysOfASinglePod() {
            stack.with("replicas", "1").with("synchronous", "{\"standbys\":1}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:synchronous.standbys = 1
                    problem                        : must be a whole number of standbys, 0 … 0: 1 pod has no standby, and with more required no commit would ever be acknowledged
                    fix                            : pulumi config set --path 'streamset:synchronous.standbys' 0
                    """);
        }
    }

    @Nested
    class BrokenJson {
        @Test
        void thatEndsTooEarly() {
            assertBroken("{\"size\":\"10Gi\"", "this is not JSON");
        }

        @Test
        void thatIsAPlainText() {
            assertBroken("10Gi", "this is not JSON");
        }

        @Test
        void thatGoesOnBehindItsEnd() {
            assertBroken("{} {}", "this is not JSON");
        }

        @Test
        void thatSaysOneFieldTwice() {
            assertBroken("{\"size\":\"1Gi\",\"size\":\"2Gi\"}", "a field occurs twice");
        }

        private void assertBroken(String value, String reason) {
            stack.with("storage", value).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:storage    = %s
                    problem              : must be an object with named fields; %s
                    fix                  : pulumi config rm streamset:storage, then set each field: pulumi config set --path 'streamset:storage.<field>' <value>
                    """.formatted(value, reason));
        }
    }

    @Nested
    class Replicas {
        @ParameterizedTest
        @CsvSource({"2, 3", "4, 5", "100, 101", "998, 999"})
        void thatAreEven(int replicas, int fix) {
            stack.with("replicas", Integer.toString(replicas)).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:replicas   = %d
                    problem              : must be odd (1, 3, 5 …): one primary and an even number of standbys
                    fix                  : pulumi config set streamset:replicas %d
                    """.formatted(replicas, fix));
        }

        @ParameterizedTest
        @CsvSource({
            "0, 1",
            "-1, 3",
            "-3, 3",
            "1000, 3",
            "1001, 3",
            "99999999999999999999, 3",
            "3.0, 3",
            "' 3', 3",
            "+3, 3"
        })
        void thatAreNoNumberFromOneTo999(String replicas, int fix) {
            stack.with("replicas", replicas).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:replicas   = %s
                    problem              : must be a whole number, 1 … 999
                    fix                  : pulumi config set streamset:replicas %d
                    """.formatted(replicas, fix));
        }
    }

    @Nested
    class Quantities {
        @ParameterizedTest
        @ValueSource(strings = {"half", "512MB", "-1", "0", "0m"})
        void ofProcessorTimeThatAreNone(String cpu) {
            stack.with("resources", "{\"cpu\":\"" + cpu + "\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:resources.cpu = %s
                    problem                 : must be a Kubernetes quantity of processor time, such as 500m or 2
                    fix                     : pulumi config set --path 'streamset:resources.cpu' 500m
                    """.formatted(cpu));
        }

        @ParameterizedTest
        @ValueSource(strings = {"half", "-1Gi", "0", "1.5", "1,024Mi"})
        void ofMemoryThatAreNone(String memory) {
            stack.with("resources", "{\"memory\":\"" + memory + "\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:resources.memory = %s
                    problem                    : must be a Kubernetes quantity of bytes, such as 512Mi or 10Gi
                    fix                        : pulumi config set --path 'streamset:resources.memory' 512Mi
                    """.formatted(memory));
        }

        @ParameterizedTest
        @ValueSource(strings = {"half", "-1Gi", "0", "1.5", "10 sticks"})
        void ofStorageThatAreNone(String size) {
            stack.with("storage", "{\"size\":\"" + size + "\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:storage.size = %s
                    problem                : must be a Kubernetes quantity of bytes, such as 512Mi or 10Gi
                    fix                    : pulumi config set --path 'streamset:storage.size' 10Gi
                    """.formatted(size));
        }
    }

    /** The remedy is what was meant, and works. */
    @Nested
    class WhatWasMeant {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                storage.size      | 16GB       | 16Gi
                storage.size      | 16 Gi      | 16Gi
                storage.size      | 16gb       | 16Gi
                storage.size      | 1.5GB      | 1536Mi
                storage.kind      | SSD        | ssd
                storage.className | Fast_Disks | fast-disks
                resources.memory  | 512MB      | 512Mi
                resources.memory  | 500mb      | 500Mi
                resources.memory  | 512m       | 512Mi
                resources.cpu     | 2,5        | 2.5
                resources.cpu     | 2 cores    | 2
                wal.volume.size   | 2GB        | 2Gi
                wal.keepSize      | 152Mi      | 152MB
                wal.keepSize      | 152        | 152MB
                wal.keepSize      | 1.5GB      | 1536MB
                wal.segmentSize   | 64Mi       | 64MB
                wal.share         | 0.3        | 30%
                keepVolumes       | no         | false
                allowTrust        | Yes        | true
                createNamespace   | off        | false
                keepDiverged      | on         | true
                version           | 17.2       | 17
                version           | PG16       | 16
                name              | My_Pg      | my-pg
                namespace         | My.Pg      | my-pg
                clusterDomain     | K8s.Local. | k8s.local
                secretName        | my_secret  | my-secret
                """)
        void isTheRemedy(String key, String value, String better) {
            var refusal = with(key, value).refusal();
            assertTrue(refusal.contains("; did you mean " + better + "?\n"), refusal);
            assertTrue(
                    refusal.endsWith("' " + better + "\n") || refusal.endsWith(":" + key + " " + better + "\n"),
                    refusal);
            with(key, better).config();
        }

        @Test
        void isThousandthsWhereWholeCoresAreMoreThanAMachineHas() {
            assertEquals(List.of("""
                    streamset:resources.cpu = 2000
                    problem                 : are whole cores, and hardly any machine has so many; did you mean thousandths of a core?
                    fix                     : pulumi config set --path 'streamset:resources.cpu' 2000m"""), warnings("2000"));
            assertEquals(List.of(), warnings("2000m"));
            assertEquals(List.of(), warnings("192"));
        }

        private List<String> warnings(String cpu) {
            var problems = new Problems();
            StackConfig.read(Section.of("streamset", with("resources.cpu", cpu).raw(), problems));
            return problems.warnings().stream().map(Problem::text).toList();
        }

        private StackDraft with(String path, String value) {
            var steps = path.split("\\.");
            var text = steps.length == 1 ? value : "\"" + value + "\"";
            for (int i = steps.length - 1; i > 0; i--) {
                text = "{\"" + steps[i] + "\":" + text + "}";
            }
            return StackDraft.minimal().with(steps[0], text);
        }
    }

    @Nested
    class IllegalNames {
        @ParameterizedTest
        @CsvSource({"-pg, pg", "pg-, pg", "Pg, pg", "pg_1, pg-1", "pg.one, pg-one", "pg one, pg-one"})
        void asPrefix(String name, String better) {
            stack.with("name", name).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:name       = %s
                    problem              : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends; did you mean %s?
                    fix                  : pulumi config set streamset:name %2$s
                    """.formatted(name, better));
        }

        @Test
        void asPrefixOfWhichLettersWouldBeLost() {
            stack.with("name", "größe").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:name       = größe
                    problem              : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends
                    fix                  : pulumi config set streamset:name postgresql
                    """);
        }

        @Test
        void asPrefixThatStartsWithADigit() {
            stack.with("name", "9lives").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:name       = 9lives
                    problem              : must start with a letter, because Services are named after it
                    fix                  : pulumi config set streamset:name postgresql
                    """);
        }

        @Test
        void asPrefixThatIsTooLong() {
            var name = "a".repeat(42);
            stack.with("name", name).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:name       = %s
                    problem              : must have at most 41 characters, so that <name>-replicator-<hash> is still a DNS label of 63; this has 42
                    fix                  : pulumi config set streamset:name postgresql
                    """.formatted(name));
        }

        @Test
        void asNamespace() {
            stack.with("namespace", "k8s.training").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:namespace  = k8s.training
                    problem              : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends; did you mean k8s-training?
                    fix                  : pulumi config set streamset:namespace k8s-training
                    """);
        }

        @Test
        void asNamespaceThatIsTooLong() {
            var namespace = "n".repeat(64);
            stack.with("namespace", namespace).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:namespace  = %s
                    problem              : must have at most 63 characters, this has 64
                    fix                  : pulumi config set streamset:namespace postgresql
                    """.formatted(namespace));
        }

        @Test
        void asClusterDomain() {
            stack.with("clusterDomain", "cluster..local").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:clusterDomain = cluster..local
                    problem                 : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends; did you mean cluster.local?
                    fix                     : pulumi config set streamset:clusterDomain cluster.local
                    """);
        }

        @Test
        void asClusterDomainThatIsTooLong() {
            var domain = "d.".repeat(127) + "d";
            stack.with("clusterDomain", domain).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:clusterDomain = %s
                    problem                 : must have at most 253 characters
                    fix                     : pulumi config set streamset:clusterDomain cluster.local
                    """.formatted(domain));
        }

        @Test
        void asClusterDomainThatLeavesNoRoomForThePods() {
            var domain = "d.".repeat(110) + "d";
            stack.with("clusterDomain", domain).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:clusterDomain = %s
                    problem                 : the pods' DNS names would have more than 253 characters
                    fix                     : pulumi config set streamset:clusterDomain cluster.local
                    """.formatted(domain));
        }

        @Test
        void asStorageClassOrSecret() {
            stack.with("storage", "{\"className\":\"Fast SSD\"}")
                    .with("secretName", "My Secret")
                    .isRefusedWith("""
                            2 problems, nothing was changed

                            streamset:storage.className = Fast SSD
                            problem                     : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends; did you mean fast-ssd?
                            fix                         : pulumi config set --path 'streamset:storage.className' fast-ssd

                            streamset:secretName = My Secret
                            problem              : must be a DNS label: lower-case letters, digits and '-', a letter or digit at both ends; did you mean my-secret?
                            fix                  : pulumi config set --plaintext streamset:secretName my-secret
                            """);
        }
    }

    @Nested
    class Versions {
        @ParameterizedTest
        @ValueSource(strings = {"13", "19", "abc", "-15", "0", "180"})
        void thatAreNotSupported(String version) {
            stack.with("version", version).isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:version    = %s
                    problem              : must be a major version of PostgreSQL, 14 … 18
                    fix                  : pulumi config set streamset:version 18
                    """.formatted(version));
        }

        @Test
        void thatTheImageDoesNotHave() {
            stack.with("version", "16").with("image", "postgres:17.5-alpine").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:image      = postgres:17.5-alpine
                    problem              : is an image of PostgreSQL 17, but streamset:version is 16
                    fix                  : pulumi config set streamset:image docker.io/library/postgres:16
                    """);
        }

        @Test
        void ofWhatIsNoImage() {
            stack.with("image", "Postgres").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:image      = Postgres
                    problem              : must be an image reference, such as docker.io/library/postgres:18
                    fix                  : pulumi config set streamset:image docker.io/library/postgres:18
                    """);
        }
    }

    @Test
    void severalProblemsComeAllTogether() {
        StackDraft.empty()
                .with("replicas", "4")
                .with("version", "13")
                .with("name", "9")
                .with("resources", "{\"cpu\":\"half\",\"memory\":\"512MB\"}")
                .with("wall", "{}")
                .isRefusedWith("""
                        7 problems, nothing was changed

                        streamset:version    = 13
                        problem              : must be a major version of PostgreSQL, 14 … 18
                        fix                  : pulumi config set streamset:version 18

                        streamset:replicas   = 4
                        problem              : must be odd (1, 3, 5 …): one primary and an even number of standbys
                        fix                  : pulumi config set streamset:replicas 5

                        streamset:name       = 9
                        problem              : must start with a letter, because Services are named after it
                        fix                  : pulumi config set streamset:name postgresql

                        streamset:resources.cpu = half
                        problem                 : must be a Kubernetes quantity of processor time, such as 500m or 2
                        fix                     : pulumi config set --path 'streamset:resources.cpu' 500m

                        streamset:resources.memory = 512MB
                        problem                    : must be a Kubernetes quantity of bytes, such as 512Mi or 10Gi; did you mean 512Mi?
                        fix                        : pulumi config set --path 'streamset:resources.memory' 512Mi

                        streamset:passwords  = (not set)
                        problem              : passwords or secretName must say where the passwords come from
                        fix                  : pulumi config set --secret --path 'streamset:passwords.postgres' "$(openssl rand -base64 24)"

                        streamset:wall       = {}
                        problem              : no such key, did you mean streamset:wal?
                        fix                  : pulumi config rm streamset:wall
                        """);
    }
}

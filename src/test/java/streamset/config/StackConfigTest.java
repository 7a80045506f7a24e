package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.units.ByteSize;
import streamset.units.Cpu;

@Tag("unit")
class StackConfigTest {
    @Test
    void hasADefaultForEverythingButTheCredentials() {
        assertEquals(
                new StackConfig(
                        new Names("postgresql", "postgresql", "cluster.local"),
                        true,
                        3,
                        Roles.DEFAULT,
                        Failover.DECLARED,
                        18,
                        "docker.io/library/postgres:18",
                        999,
                        new Resources(new Cpu(500), ByteSize.ofMegabytes(512)),
                        new Storage(ByteSize.ofMegabytes(10 * 1024), Optional.empty(), Storage.Kind.SSD),
                        new Wal(Optional.empty(), ByteSize.ofMegabytes(16), 20, Optional.empty()),
                        Map.of(),
                        false,
                        new Credentials.ExistingSecret("passwords"),
                        true,
                        Waivers.NONE),
                StackDraft.minimal().config());
    }

    @Test
    void takesWhatTheStackSays() {
        var config = StackDraft.withPasswords("one", "two")
                .with("name", "orders")
                .with("namespace", "shop")
                .with("createNamespace", "false")
                .with("clusterDomain", "k8s.example.org")
                .with("replicas", "5")
                .with("primary", "4")
                .with("lost", "[2,0]")
                .with("keepDiverged", "true")
                .with("synchronous", "{\"standbys\":3}")
                .with("version", "15")
                .with("image", "registry.example.org/postgres:15.3")
                .with("runAsUser", "1001")
                .with("resources", "{\"cpu\":2,\"memory\":\"4Gi\"}")
                .with("storage", "{\"size\":\"100Gi\",\"className\":\"fast\",\"kind\":\"hdd\"}")
                .with(
                        "wal",
                        "{\"keepSize\":\"1GB\",\"segmentSize\":\"64MB\",\"volume\":{\"size\":\"8Gi\",\"className\":\"faster\"}}")
                .with("allowTrust", "true")
                .with("parameters", "{\"work_mem\":\"8MB\",\"Max_Connections\":200,\"jit\":false}")
                .with("keepVolumes", "false")
                .with("waivers", "{\"keepVolumes\":\"the data are made anew every night\"}")
                .config();
        assertEquals(
                new StackConfig(
                        new Names("orders", "shop", "k8s.example.org"),
                        false,
                        5,
                        new Roles(4, List.of(0, 2), true, 3),
                        Failover.DECLARED,
                        15,
                        "registry.example.org/postgres:15.3",
                        1001,
                        new Resources(new Cpu(2000), ByteSize.ofMegabytes(4096)),
                        new Storage(ByteSize.ofMegabytes(100 * 1024), Optional.of("fast"), Storage.Kind.HDD),
                        new Wal(
                                Optional.of(new KeptWal(
                                        ByteSize.ofMegabytes(1024), "keepSize", "1GB", ByteSize.ofMegabytes(1))),
                                ByteSize.ofMegabytes(64),
                                20,
                                Optional.empty()),
                        Map.of("work_mem", "8MB", "max_connections", "200", "jit", "false"),
                        true,
                        new Credentials.Passwords("one", "two"),
                        false,
                        new Waivers(Map.of(Rule.KEEP_VOLUMES, "the data are made anew every night"))),
                config);
        assertEquals(
                List.of("jit", "max_connections", "work_mem"),
                List.copyOf(config.parameters().keySet()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 7, 101, 999})
    void takesOddReplicas(int replicas) {
        var draft = StackDraft.minimal().with("replicas", Integer.toString(replicas));
        assertEquals(replicas, draft.config().replicas());
    }

    @ParameterizedTest
    @CsvSource({
        "postgres:18, 999",
        "postgres:18.1-bookworm, 999",
        "postgres:18-alpine, 70",
        "docker.io/library/postgres:18.1-alpine3.22, 70",
    })
    void runsAsTheUserOfTheImage(String image, int user) {
        assertEquals(user, StackDraft.minimal().with("image", image).config().user());
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void takesTheOfficialImageOfTheVersion(int version) {
        var config =
                StackDraft.minimal().with("version", Integer.toString(version)).config();
        assertEquals(version, config.version());
        assertEquals("docker.io/library/postgres:" + version, config.image());
    }

    @ParameterizedTest
    @ValueSource(strings = {"work_mem", "_a", "a1", "pg_stat_statements.track"})
    void takesParametersOfEveryName(String name) {
        var draft = StackDraft.minimal().with("parameters", "{\"" + name + "\":\"x\"}");
        assertEquals(Map.of(name, "x"), draft.config().parameters());
    }

    @Test
    void takesThePrefixOfTheGreatestLength() {
        var prefix = "a".repeat(41);
        assertEquals(
                prefix,
                StackDraft.minimal().with("name", prefix).config().names().prefix());
    }

    @Test
    void doesNotTellPasswordsAsText() {
        assertFalse(StackDraft.withPasswords("hunter2", "hunter3")
                .config()
                .toString()
                .contains("hunter"));
    }

    @Test
    void takesAParameterOfAnExtensionHoweverItsPathWasTyped() {
        var expected = Map.of("auto_explain.log_min_duration", "1s");
        assertEquals(expected, parameters("{\"auto_explain.log_min_duration\":\"1s\"}"));
        assertEquals(expected, parameters("{\"auto_explain\":{\"log_min_duration\":\"1s\"}}"));
    }

    private static Map<String, String> parameters(String json) {
        return StackDraft.minimal().with("parameters", json).config().parameters();
    }
}

package streamset.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.ConfSource;
import streamset.conf.ProjectDraft;
import streamset.config.RawConfig;
import streamset.problems.Problems;

@Tag("unit")
class CollisionsTest {
    private static RawConfig config(String location, String text) {
        return RawConfig.parse(location, "secretName: passwords\n" + text);
    }

    private static void read(Problems problems, ClusterSource... sources) {
        Collisions.refuse(
                Arrays.stream(sources).map(source -> source.read(problems)).toList(), problems);
    }

    private static ClusterSource source(String location, String text) {
        return ClusterSource.of(config(location, text), ConfSource.base());
    }

    @Test
    void lacksWhatStandsApart() {
        var problems = new Problems();
        read(
                problems,
                source("a", "name: one\nnamespace: shop\n"),
                source("b", "name: two\nnamespace: shop\ncreateNamespace: false\n"),
                ClusterSource.of("three", config("c", "name: one\nnamespace: depot\n"), ConfSource.base()));
        assertEquals(List.of(), problems.found());
    }

    @Test
    void areArchivesInOnePlace() {
        var stored =
                "backup: {bucket: backups, endpoint: s3.example.org, secretName: store, image: 'pgbackrest:18', path: /shop}\n";
        var problems = new Problems();
        read(
                problems,
                source("a", "name: one\nnamespace: shop\n" + stored),
                source("b", "name: two\nnamespace: depot\n" + stored));
        assertEquals(
                List.of("b: backup.path = /shop: the cluster one has its archive there: neither could be restored;"
                        + " backup: {path: \"/shop-two\"} in b"),
                problems.found().stream()
                        .map(problem -> problem.subject() + " = " + problem.value() + ": " + problem.reason() + "; "
                                + problem.fix())
                        .toList());
    }

    @Test
    void areRefusedWithTheKeysOfTheLaterCluster() {
        ProjectDraft.assertRefused(
                """
                4 problems, nothing was changed

                b: name              = postgresql
                problem              : another cluster of the program has this name in the namespace shop: the two would share all objects and volumes
                fix                  : name: <another one> in b; or another namespace: namespace: <another one> in b

                b: createNamespace   = true
                problem              : the cluster postgresql declares the namespace shop already, and only one can
                fix                  : createNamespace: false in b

                orders:name          = postgresql
                problem              : another component of the program is called so, and Pulumi could not tell them apart
                fix                  : pulumi config set orders:name <another one>; or in the program: ClusterSource.of("<another one>", …)

                orders:name          = postgresql
                problem              : another component of the program is called so, and Pulumi could not tell them apart
                fix                  : pulumi config set orders:name <another one>; or in the program: ClusterSource.of("<another one>", …)
                """,
                problems -> read(
                        problems,
                        source("a", "namespace: shop\n"),
                        source("b", "namespace: shop\n"),
                        ClusterSource.of(ordersIn("depot"), ConfSource.base())));
    }

    private static RawConfig ordersIn(String namespace) {
        return new RawConfig(Map.of("orders:namespace", namespace, "orders:secretName", "passwords"), Set.of())
                .section("orders");
    }

    @Test
    void areNotMadeUpForNamesThatCouldNotBeRead() {
        var problems = new Problems();
        read(problems, source("a", ""), source("b", "name: Ä\n"), source("c", "namespace: Ä\n"));
        var subjects = new ArrayList<String>();
        problems.found().forEach(problem -> subjects.add(problem.subject()));
        assertEquals(List.of("b: name", "c: namespace"), subjects);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a::b", "a$b", "-a", "a b"})
    void needNoCheckOfNamesThatNoComponentHas(String name) {
        assertThrows(IllegalArgumentException.class, () -> ClusterSource.of(name, config("a", ""), ConfSource.base()));
    }
}

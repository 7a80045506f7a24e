package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.config.Names;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("unit")
class PatroniAnnotationsTest {
    private static final Names NAMES = new Names("db", "shop", "cluster.local");
    private static final String LEASE = """
            {"kind":"ConfigMap","metadata":{"name":"db-leader","annotations":{"leader":"db-sfs-1","ttl":"20"}}}""";
    private static final String CONFIG = """
            {"kind":"ConfigMap","metadata":{"name":"db-config","annotations":{"config":"{}"}}}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                                                         | no leader
            {"kind":"List","items":[]}                                                                 | no leader
            {"kind":"ConfigMap","metadata":{"name":"db-leader"}}                                       | no leader
            {"kind":"ConfigMap","metadata":{"name":"db-leader","annotations":{"leader":""}}}           | no leader
            {"kind":"ConfigMap","metadata":{"name":"db-leader","annotations":{"leader":"other-sfs-1"}}} | no leader
            {"kind":"ConfigMap","metadata":{"name":"other-leader","annotations":{"leader":"db-sfs-1"}}} | no leader
            {"kind":"ConfigMap","metadata":{"name":"db-leader","annotations":{"leader":"db-sfs-2"}}}   | db-sfs-2
            Unable to connect to the server                                                            | unknown
            """)
    void tellWhoHasTheLease(String json, String leader) {
        assertEquals(
                leader,
                PatroniAnnotations.of(json, NAMES)
                        .map(found -> found.leader().orElse("no leader"))
                        .orElse("unknown"));
    }

    @Test
    void areReadFromAListToo() {
        assertEquals(
                Optional.of(new PatroniAnnotations(Optional.of("db-sfs-1"), Optional.of("{}"))),
                PatroniAnnotations.of("{\"kind\":\"List\",\"items\":[" + CONFIG + "," + LEASE + "]}", NAMES));
    }

    @Test
    void replaceTheLeaderOfAnEarlierTime() {
        var objects = List.of(json(CONFIG), json(LEASE));
        var other = new PatroniAnnotations(Optional.of("db-sfs-2"), Optional.empty()).leading(objects, NAMES);
        assertSame(objects.get(0), other.get(0));
        assertEquals(json(LEASE.replace("sfs-1", "sfs-2")), other.get(1));
        var nobody = new PatroniAnnotations(Optional.empty(), Optional.empty()).leading(objects, NAMES);
        assertEquals(json(LEASE.replace("\"leader\":\"db-sfs-1\",", "")), nobody.get(1));
    }

    @Test
    void tellWhatOthersHaveChanged() {
        var before = configured("{\"ttl\":20,\"postgresql\":{\"parameters\":{\"max_connections\":\"40\"}}}");
        var now = "{\"pause\":true,\"postgresql\":{\"parameters\":{\"max_connections\":50}}}";
        assertEquals(
                Optional.of("max_connections from 40 to 50, pause from (not set) to true, ttl from 20 to (not set)"),
                configured(now).changedSince(before));
        assertEquals(Optional.empty(), before.changedSince(before));
        assertEquals(
                Optional.empty(),
                configured("{\"postgresql\": {\"parameters\": {\"max_connections\": 40}}, \"ttl\": 20}")
                        .changedSince(before),
                "spelling");
        assertEquals(
                Optional.empty(),
                before.changedSince(new PatroniAnnotations(Optional.empty(), Optional.empty())),
                "nothing was declared");
    }

    private static PatroniAnnotations configured(String json) {
        return new PatroniAnnotations(Optional.empty(), Optional.of(json));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}

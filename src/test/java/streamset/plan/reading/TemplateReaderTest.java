package streamset.plan.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.units.ByteSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pods in which others have put containers, volumes and variables of theirs before those of the program, as meshes do. */
@Tag("unit")
class TemplateReaderTest {
    private static final JsonNode POD = JsonMapper.shared().readTree("""
            {"spec": {
              "securityContext": {"runAsUser": 999},
              "initContainers": [{"name": "init", "env": [
                {"name": "OTHER", "value": "7"},
                {"name": "WAL_SEGMENT_MEGABYTES", "value": "64"}]},
               {"name": "restore", "env": [
                {"name": "RESTORE_TYPE", "value": "lsn"},
                {"name": "RESTORE_TARGET", "value": "0/3000148"}]}],
              "containers": [
                {"name": "mesh", "image": "mesh:2", "command": ["sh", "/etc/streamset/scripts/patroni/start.sh"],
                 "resources": {"limits": {"cpu": "9", "memory": "9Gi"}}},
                {"name": "postgresql", "image": "postgres:15", "command": ["bash", "/etc/streamset/scripts/start.sh"],
                 "resources": {"limits": {"cpu": "1", "memory": "2Gi"}}},
                {"name": "metrics", "image": "exporter:1"},
                {"name": "archiver", "image": "pgbackrest:1",
                 "resources": {"limits": {"cpu": "200m", "memory": "128Mi"}}}],
              "volumes": [
                {"name": "mesh", "secret": {"secretName": "of-the-mesh"}},
                {"name": "passwords", "secret": {"secretName": "ours"}},
                {"name": "tls", "secret": {"secretName": "certificate"}},
                {"name": "tls-client", "secret": {"secretName": "of-replicator"}}]}}
            """);

    private final TemplateReader template = new TemplateReader(POD);

    @Test
    void takesTheServersContainerAndTheProgramsVolumes() {
        assertEquals(Optional.of("postgres:15"), template.image());
        assertFalse(template.isAutomatic());
        assertEquals(
                Map.ofEntries(
                        Map.entry(Declaration.TLS_CLIENT, "of-replicator"),
                        Map.entry(Declaration.CPU, "1"),
                        Map.entry(Declaration.MEMORY, "2Gi"),
                        Map.entry(Declaration.HUGE_PAGES, ""),
                        Map.entry(Declaration.USER, "999"),
                        Map.entry(Declaration.SECRET, "ours"),
                        Map.entry(Declaration.TLS, "certificate"),
                        Map.entry(Declaration.METRICS, "exporter:1"),
                        Map.entry(Declaration.BACKUP, "pgbackrest:1"),
                        Map.entry(Declaration.BACKUP_CPU, "200m"),
                        Map.entry(Declaration.BACKUP_MEMORY, "128Mi"),
                        Map.entry(Declaration.RESTORED, "lsn 0/3000148")),
                template.pods());
    }

    @Test
    void takesTheVariableOfThatName() {
        assertEquals(Optional.of(ByteSize.ofMegabytes(64)), template.segmentSize());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1x", "-1", "1.5", "12345678901"})
    void takesNoOtherNumber(String text) {
        assertEquals(Optional.empty(), TemplateReader.number(text));
    }
}

package streamset.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.settings.ServerSettings.Value;

@Tag("unit")
class ServerSettingsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"14", "16", "18"})
    void areThoseThatWereRendered(String version) {
        var spec = ProjectDraft.in(folder)
                .base("postgresql.conf", "sort_mem = 2MB\nlog_line_prefix = 'it''s %m '\njit = on\njit = off\n")
                .spec(StackDraft.minimal().with("version", version).with("parameters", "{\"my.level\":3}"));
        var settings = ServerSettings.of(spec.files().postgresqlConf(), Integer.parseInt(version));
        assertEquals(
                spec.settings().all().stream().map(Setting::name).toList(),
                settings.names().stream().toList());
        for (var rendered : spec.settings().all()) {
            var value = settings.value(rendered.name());
            assertEquals(rendered.canonical(), value.canonical(), rendered.name());
            assertEquals(rendered.restart(), value.restart(), rendered.name());
        }
    }

    @Test
    void areShownAsAServerShowsThem() {
        var settings = ServerSettings.of("shared_buffers = 16384\ncheckpoint_timeout = 300\n", 18);
        assertEquals(new Value("16384", "128MB", true), settings.value("shared_buffers"));
        assertEquals(new Value("300", "5min", false), settings.value("checkpoint_timeout"));
    }

    @Test
    void areDefaultsWhereTheFileSaysNothing() {
        var settings = ServerSettings.of("", 18);
        assertEquals(Set.of(), settings.names());
        assertEquals(new Value("100", "default (100)", true), settings.value("max_connections"));
        assertEquals(new Value("", "default", true), settings.value("cluster_name"));
        assertEquals(new Value("", "(not set)", false), settings.value("my.level"));
    }

    @Test
    void followTheLastLineUnderWhateverName() {
        var settings = ServerSettings.of("work_mem = 1MB\nsort_mem = 2MB\n", 18);
        assertEquals(Set.of("work_mem"), settings.names());
        assertEquals("2MB", settings.value("work_mem").shown());
    }
}

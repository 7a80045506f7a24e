package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.conf.RealPostgres;

@Tag("server")
class OfficialBuildTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            14 | default_toast_compression | pglz, lz4
            15 | default_toast_compression | pglz, lz4
            15 | wal_compression | pglz, lz4, zstd, on, off
            17 | wal_compression | pglz, lz4, zstd, on, off
            18 | wal_compression | pglz, lz4, zstd, on, off
            18 | default_toast_compression | pglz, lz4
            18 | io_method | sync, worker, io_uring
            """)
    void hasTheCompressionsAndIoMethodsThatItsPackagesBring(int major, String name, String values) {
        var type = (EnumType) Catalog.of(major).parameter(name).orElseThrow().type();
        assertEquals(values, String.join(", ", type.values()));
    }

    @Test
    void compressesWalWithPglzAloneIn14() {
        assertEquals(
                new BooleanType(),
                Catalog.of(14).parameter("wal_compression").orElseThrow().type());
    }

    @Test
    void hasAParameterOfDebiansUntilPostgresHasOneOfItsOwn() {
        assertTrue(Catalog.of(17).parameter("extension_destdir").isPresent());
        assertTrue(Catalog.of(18).parameter("extension_destdir").isEmpty());
        assertTrue(Catalog.of(18).parameter("extension_control_path").isPresent());
    }

    /** Debian's packages of 15 are built as those of the official image are. */
    @Test
    void isWhatDebianBuilds(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var catalog = Catalog.of(15);
        List<String> actual;
        try (var server = CatalogWriter.start(RealPostgres.installDebian(folder))) {
            actual = server.query(
                    "SELECT name, context, coalesce(unit, ''), coalesce(array_to_string(enumvals, ','), '')"
                            + " FROM pg_settings ORDER BY lower(name) COLLATE \"C\"");
        }
        assertTrue(actual.size() > 370);
        assertEquals(
                actual.stream()
                        .map(row -> row.substring(0, row.indexOf('|')))
                        .map(name -> row(catalog.parameter(name).orElseThrow()))
                        .collect(Collectors.joining("\n")),
                actual.stream()
                        .map(row -> row.replaceFirst("(\\|internal)\\|.*", "$1||"))
                        .collect(Collectors.joining("\n")));
    }

    private static String row(Parameter parameter) {
        var values = parameter.type() instanceof EnumType type ? String.join(",", type.values()) : "";
        return String.join(
                "|",
                parameter.name(),
                parameter.context().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                parameter.type().counted().map(Unit::toString).orElse(""),
                values);
    }
}

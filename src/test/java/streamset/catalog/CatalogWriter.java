package streamset.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import streamset.conf.ConfFiles;
import streamset.conf.RealPostgres;
import tools.jackson.databind.json.JsonMapper;

/** Writes the catalogs of parameters as the real servers tell them, one line for each parameter: {@code make catalogs}. */
public final class CatalogWriter {
    private static final Path FOLDER = Path.of("src", "main", "resources", "streamset", "catalog");

    /** The libraries of the official image that bring parameters; not every major has all of them. */
    private static final List<String> LIBRARIES = List.of(
            "auth_delay",
            "auto_explain",
            "basebackup_to_shell",
            "basic_archive",
            "isn",
            "passwordcheck",
            "pg_prewarm",
            "pg_stat_statements",
            "pg_trgm",
            "pgcrypto",
            "plpgsql",
            "postgres_fdw");

    /** Words that pg_settings does not list and some enum takes. All texts in the programs of 14 and 18 were tried once. */
    private static final List<String> HIDDEN_WORDS =
            List.of("true", "false", "yes", "no", "1", "0", "debug", "info", "archive", "hot_standby");

    /** Names that went out of pg_settings and are still taken; guc.c: map_old_guc_names. */
    private static final List<String> FORMER_NAMES = List.of("sort_mem", "vacuum_mem", "ssl_ecdh_curve");

    private final RealPostgres postgres;
    private final Connection connection;
    private final ServerVerdict verdict;

    private CatalogWriter(RealPostgres postgres, Connection connection, ServerVerdict verdict) {
        this.postgres = postgres;
        this.connection = connection;
        this.verdict = verdict;
    }

    public static void main(String[] arguments) throws Exception {
        var serversUserMayEnter = PosixFilePermissions.fromString("rwxr-xr-x");
        var parent = Files.createTempDirectory(
                "streamset-catalogs", PosixFilePermissions.asFileAttribute(serversUserMayEnter));
        try {
            for (int major = 14; major <= 18; major++) {
                var file = file(major);
                Files.writeString(file, text(RealPostgres.install(major, parent)));
                System.out.println("wrote " + file);
            }
        } finally {
            delete(parent);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static Path file(int major) {
        return FOLDER.resolve(major + ".json");
    }

    /** The catalog of a server. */
    static String text(RealPostgres postgres) throws IOException, InterruptedException, SQLException {
        try (var server = start(postgres);
                var connection = server.connect();
                var verdict = new ServerVerdict(connection)) {
            return new CatalogWriter(postgres, connection, verdict).text();
        }
    }

    /** A server with the libraries loaded. */
    static RealPostgres.Server start(RealPostgres postgres) throws IOException, InterruptedException {
        return start(postgres, "");
    }

    /** A server with the libraries loaded, and more lines in its postgresql.conf. */
    static RealPostgres.Server start(RealPostgres postgres, String lines) throws IOException, InterruptedException {
        var libraries = new ArrayList<>(LIBRARIES);
        libraries.retainAll(postgres.libraries());
        return postgres.start(
                "hba_file = '" + ConfFiles.DIRECTORY + "/pg_hba.conf'\n"
                        + "fsync = off\n"
                        + "shared_preload_libraries = '" + String.join(",", libraries) + "'\n"
                        + lines,
                "host all all 127.0.0.1/32 trust\n");
    }

    private String text() throws SQLException, IOException, InterruptedException {
        var formerNames = formerNames();
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT name, context, vartype, unit, min_val, max_val, enumvals, boot_val"
                                + " FROM pg_settings ORDER BY lower(name) COLLATE \"C\"")) {
            while (row.next()) {
                var name = row.getString("name");
                lines.add(quoted(name) + ": " + object(fields(row, formerNames.getOrDefault(name, List.of()))));
            }
        }
        return "{\n" + String.join(",\n", lines) + "\n}\n";
    }

    /** The fields as JSON, in their order. */
    private Map<String, String> fields(ResultSet row, List<String> formerNames)
            throws SQLException, IOException, InterruptedException {
        var fields = new LinkedHashMap<String, String>();
        var context = row.getString("context");
        fields.put("context", quoted(context));
        if (context.equals("internal")) {
            return fields; // nobody can set it, and its value differs by build
        }
        fields.put("type", quoted(row.getString("vartype")));
        Optional.ofNullable(row.getString("unit")).ifPresent(unit -> fields.put("unit", quoted(unit)));
        Optional.ofNullable(row.getString("min_val")).ifPresent(min -> fields.put("min", min));
        Optional.ofNullable(row.getString("max_val")).ifPresent(max -> fields.put("max", max));
        if (row.getArray("enumvals") != null) {
            var values = List.of((String[]) row.getArray("enumvals").getArray());
            fields.put("values", list(values));
            var spellings = spellings(row.getString("name"), context, values);
            if (!spellings.isEmpty()) {
                fields.put("spellings", object(spellings));
            }
        }
        Optional.ofNullable(row.getString("boot_val")).ifPresent(boot -> fields.put("boot", quoted(boot)));
        if (!formerNames.isEmpty()) {
            fields.put("formerly", list(formerNames));
        }
        return fields;
    }

    /** The words that an enum takes without listing them, or shows as others. */
    private Map<String, String> spellings(String name, String context, List<String> values)
            throws SQLException, IOException, InterruptedException {
        var words = new LinkedHashSet<>(values);
        words.addAll(HIDDEN_WORDS);
        var meanings = meanings(name, context, List.copyOf(words));
        values.forEach(value -> meanings.remove(value, value));
        meanings.replaceAll((word, meaning) -> quoted(meaning));
        return meanings;
    }

    private Map<String, String> meanings(String name, String context, List<String> words)
            throws SQLException, IOException, InterruptedException {
        var meanings = new LinkedHashMap<String, String>();
        if (context.equals("user") || context.equals("superuser")) {
            var shown = verdict.inSession(Collections.nCopies(words.size(), name), words);
            for (int i = 0; i < words.size(); i++) {
                var word = words.get(i);
                shown.get(i).ifPresent(meaning -> meanings.put(word, meaning));
            }
            return meanings;
        }
        for (var word : words) {
            if (verdict.takesInFile(name, word)) {
                meanings.put(word, postgres.configured(name, word).orElseThrow());
            }
        }
        return meanings;
    }

    /** By current name. A query of a former one is answered under the current one. */
    private Map<String, List<String>> formerNames() {
        var found = new TreeMap<String, List<String>>();
        for (var former : FORMER_NAMES) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SHOW " + former)) {
                var current = row.getMetaData().getColumnLabel(1);
                if (!current.equals(former)) {
                    found.computeIfAbsent(current, any -> new ArrayList<>()).add(former);
                }
            } catch (SQLException e) {
                continue; // this major does not take it any more
            }
        }
        return found;
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ": " + field.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String list(List<String> texts) {
        return texts.stream().map(CatalogWriter::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}

package streamset.conf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import streamset.catalog.PostgresParameter;

/** A real server that is asked how it reads many small files of postgresql.conf at once: its own file includes them all. */
final class ConfReading implements AutoCloseable {
    // as bytes: an octal escape can make what is no text
    private static final String ROWS = "SELECT sourcefile, sourceline, encode(textsend(name), 'hex'),"
            + " encode(textsend(setting), 'hex'), error FROM pg_file_settings ORDER BY seqno";

    /** Of a setting that was read, and is of no use. */
    private static final Set<String> OF_VALUES =
            Set.of("setting could not be applied", "unrecognized configuration parameter");

    /**
     * What the server finds in one of the files.
     *
     * @param settings up to the first line with a syntax error
     * @param syntaxError that line; {@link Integer#MAX_VALUE} for none
     * @param otherErrors lines whose directive cannot be followed
     */
    record Found(List<ConfFile.Entry> settings, int syntaxError, Set<Integer> otherErrors) {
        Found() {
            this(new ArrayList<>(), Integer.MAX_VALUE, new TreeSet<>());
        }
    }

    private final RealPostgres.Server server;
    private final Connection connection;
    private final Path file;
    private final Path cases;

    private ConfReading(RealPostgres.Server server, Path file, Path cases) throws SQLException {
        this.server = server;
        this.connection = server.connect();
        this.file = file;
        this.cases = cases;
    }

    /** @param parent a folder that every user can enter */
    static ConfReading start(int major, Path parent) throws IOException, InterruptedException, SQLException {
        var postgres = RealPostgres.install(major, parent);
        var cases = Files.createDirectory(postgres.confFile("cases"));
        Files.setPosixFilePermissions(cases, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ConfReading(postgres.start("", ""), postgres.confFile("postgresql.conf"), cases);
    }

    List<Found> read(List<String> texts) throws IOException, SQLException {
        for (int i = 0; i < texts.size(); i++) {
            Files.writeString(cases.resolve(Integer.toString(i)), texts.get(i));
        }
        Files.writeString(
                file,
                IntStream.range(0, texts.size())
                        .mapToObj(i -> "include 'cases/" + i + "'\n")
                        .collect(Collectors.joining()));
        var found =
                new ArrayList<>(Stream.generate(Found::new).limit(texts.size()).toList());
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(ROWS)) {
            while (rows.next()) {
                var source = Path.of(rows.getString(1));
                if (cases.equals(source.getParent())) {
                    int number = Integer.parseInt(source.getFileName().toString());
                    found.set(number, with(found.get(number), rows));
                }
            }
        }
        return found;
    }

    private static Found with(Found found, ResultSet row) throws SQLException {
        int line = row.getInt(2);
        var error = Optional.ofNullable(row.getString(5)).orElse("");
        if (error.equals("syntax error")) {
            return new Found(found.settings(), line, found.otherErrors());
        }
        if (error.isEmpty() || OF_VALUES.contains(error)) {
            found.settings()
                    .add(new ConfFile.Entry(
                            line, PostgresParameter.name(text(row.getString(3))), text(row.getString(4))));
        } else {
            found.otherErrors().add(line);
        }
        return found;
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws SQLException {
        try (server) {
            connection.close();
        }
    }
}

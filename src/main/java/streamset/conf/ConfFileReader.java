package streamset.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.catalog.PostgresParameter;
import streamset.problems.Problem;
import streamset.problems.Problems;

/**
 * Reads the lines of a postgresql.conf and reports what is wrong with them.
 *
 * @param lines each with its end
 */
record ConfFileReader(SourceFile source, List<String> lines, Problems problems) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String SECRET = ParameterName.PRIMARY_CONNINFO.toString(); // often with a password in it
    private static final String IF_EXISTS = "include_if_exists";
    private static final Path DATA = Path.of("/var/lib/postgresql");
    private static final int UNREADABLE_LINES = 100; // this many are reported one by one, as in PostgreSQL
    private static final int SHOWN_CHARACTERS = 160; // of a line: two rows of a terminal

    /** Every setting in the order of the file. Adds a problem for each line that cannot be used. */
    List<ConfFile.Entry> settings() {
        var settings = new ArrayList<ConfFile.Entry>();
        int unreadable = 0;
        for (int number = 1; number <= lines.size(); number++) {
            var line = ConfLine.read(content(number));
            if (line instanceof ConfLine.Assignment assignment) {
                setting(number, assignment).ifPresent(settings::add);
            } else if (line instanceof Unreadable reason && ++unreadable <= UNREADABLE_LINES) {
                refuse(number, reason);
            }
        }
        if (unreadable > UNREADABLE_LINES) {
            problems.add(
                    source.location(),
                    unreadable - UNREADABLE_LINES + " more lines",
                    "PostgreSQL cannot read them either",
                    "check whether this is a postgresql.conf");
        }
        return settings;
    }

    /** The line without its line feed, and without a byte order mark, which is a problem. */
    private String content(int number) {
        var line = lines.get(number - 1);
        var content = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
        if (!source.isFirst(number) || !content.startsWith(BYTE_ORDER_MARK)) {
            return content;
        }
        problems.add(
                source.line(number),
                "(byte order mark)",
                "PostgreSQL reads this mark at the beginning of the file as part of the first name",
                "sed -i '1s/^\\xEF\\xBB\\xBF//' " + source.file(number));
        return content.substring(BYTE_ORDER_MARK.length());
    }

    private Optional<ConfFile.Entry> setting(int number, ConfLine.Assignment assignment) {
        var name = PostgresParameter.name(assignment.name());
        if (PostgresParameter.INCLUDES.contains(name)) {
            included(number, name, assignment.value());
            return Optional.empty();
        }
        return Optional.of(new ConfFile.Entry(number, name, assignment.value()));
    }

    /** The server logs a missing file of include_if_exists, and continues. */
    private void included(int number, String name, String file) {
        var fix = "copy its lines into " + source.file(number) + ", and delete line " + source.numberInFile(number);
        if (isInEveryPod(file)) {
            problems.add(
                    source.line(number),
                    shown(number),
                    "includes a file that the pods have for another purpose, this one itself or one from initdb: it was not"
                            + " checked",
                    fix);
        } else if (name.equals(IF_EXISTS)) {
            problems.warn(
                    source.line(number),
                    shown(number),
                    "has no effect: the pods have no such file, so the server skips this line. If the image has one, its"
                            + " settings were not checked here",
                    fix);
        } else {
            problems.add(source.line(number), shown(number), "an included file does not exist in the pods", fix);
        }
    }

    /** The two conf files, one of which would include itself endlessly, and files of initdb on the data volume. */
    private static boolean isInEveryPod(String file) {
        var path = Path.of(ConfFiles.DIRECTORY).resolve(file).normalize();
        return path.startsWith(DATA)
                || Stream.of(ConfFiles.POSTGRESQL_CONF, ConfFiles.PG_HBA_CONF)
                        .anyMatch(name -> path.equals(Path.of(ConfFiles.DIRECTORY, name)));
    }

    private void refuse(int number, Unreadable line) {
        if (isSecret(number)) { // a reason can quote the line, too
            problems.add(
                    source.line(number), shown(number), "PostgreSQL cannot read this line", source.deletion(number));
        } else {
            problems.add(source.line(number), shown(number), line.reason(), line.fix());
        }
    }

    /** Warns that a setting has no effect, because a later one in its file follows. */
    void warnOfDuplicate(ConfFile.Entry setting, ConfFile.Entry last) {
        if (source.isInFront(setting.line()) && !source.isInFront(last.line())) {
            return; // a stack overrides the base file on purpose
        }
        problems.warn(
                source.line(setting.line()),
                shown(setting.line()),
                "has no effect: line " + source.numberInFile(last.line()) + " sets " + setting.name()
                        + " too, and PostgreSQL takes the last: " + shown(last.line()),
                source.deletion(setting.line()) + ", or line " + source.numberInFile(last.line())
                        + " to keep this one");
    }

    private boolean isSecret(int number) {
        return PostgresParameter.name(lines.get(number - 1)).contains(SECRET);
    }

    private String shown(int number) {
        var visible =
                lines.get(number - 1).replaceAll("[\\p{Cc}\\p{Cf}]", " "); // terminals interpret some of the others
        return isSecret(number) ? SECRET + " = [secret]" : Problem.shortened(visible.strip(), SHOWN_CHARACTERS);
    }
}

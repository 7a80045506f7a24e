package streamset.conf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import streamset.config.PostgresParameter;
import streamset.config.Problems;

/** What a postgresql.conf says, with line numbers. As in PostgreSQL, the last setting of a parameter wins. */
final class ConfFile {
    // *+ and not *, which would exhaust the stack over a long value
    private static final Pattern LINE =
            Pattern.compile("\\s*(?<name>[A-Za-z_][\\w$]*(?:\\.[A-Za-z_][\\w$]*)?)\\s*=?\\s*"
                    + "(?:'(?<quoted>(?:[^'\\\\]|''|\\\\.)*+)'|(?<bare>[-+]?[\\w.:/$-]+))?\\s*(?:#.*)?");
    private static final Pattern EMPTY = Pattern.compile("\\s*(?:#.*)?");

    /** One line that sets a parameter. */
    record Setting(int line, String name, String value) {}

    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private ConfFile() {}

    static ConfFile parse(SourceFile source, Problems problems) {
        var file = new ConfFile();
        var lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (!EMPTY.matcher(lines.get(i)).matches()) {
                file.read(source, i + 1, lines.get(i), problems);
            }
        }
        return file;
    }

    private void read(SourceFile source, int number, String line, Problems problems) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches() || matcher.group("quoted") == null && matcher.group("bare") == null) {
            problems.add(
                    source.line(number),
                    line.strip(),
                    "PostgreSQL can not read this line",
                    "write it as: name = value, with single quotes around anything but a plain word or number");
            return;
        }
        var name = PostgresParameter.name(matcher.group("name"));
        if (name.startsWith("include")) {
            problems.add(
                    source.line(number),
                    line.strip(),
                    "an included file is not there in the pods",
                    "copy its lines into " + source.location());
            return;
        }
        var quoted = matcher.group("quoted");
        settings.put(name, new Setting(number, name, quoted == null ? matcher.group("bare") : unquote(quoted)));
    }

    private static String unquote(String quoted) {
        return quoted.replace("''", "'").replaceAll("\\\\(.)", "$1");
    }

    Optional<Setting> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    List<Setting> settings() {
        return new ArrayList<>(settings.values());
    }
}

package streamset.conf;

import java.util.regex.Pattern;
import streamset.config.StackConfig;
import streamset.config.Wal;
import streamset.problems.ConfigCommand;

/**
 * A value that a person wrote.
 *
 * @param name as PostgreSQL compares it
 * @param subject where it stands, for messages
 * @param shown what stands there
 * @param removal how to take it back
 */
record Given(String name, String value, Origin origin, String subject, String shown, String removal) {
    private static final Pattern PLAIN = Pattern.compile("[\\w.+-]+"); // needs no quotes

    static Given inFile(SourceFile source, ConfFile.Setting setting) {
        return new Given(
                setting.name(),
                setting.value(),
                Origin.FILE,
                source.line(setting.line()),
                setting.name() + " = "
                        + (PLAIN.matcher(setting.value()).matches() ? setting.value() : "'" + setting.value() + "'"),
                "delete line " + setting.line() + " of " + source.location());
    }

    static Given pinned(String name, String value) {
        var command = new ConfigCommand(StackConfig.NAMESPACE + ":parameters.", name, false);
        return new Given(
                name,
                value,
                Origin.PINNED,
                StackConfig.NAMESPACE + ":parameters." + name,
                value.isEmpty() ? "''" : value,
                command.remove());
    }

    /** {@code streamset:wal} says how much WAL is kept. */
    static Given pinned(Wal.Keep keep) {
        var command = new ConfigCommand(StackConfig.NAMESPACE + ":wal.", keep.key(), false);
        return new Given(
                "wal_keep_size",
                keep.size().postgres(),
                Origin.PINNED,
                StackConfig.NAMESPACE + ":wal." + keep.key(),
                keep.words(),
                command.remove());
    }

    Given named(String current) {
        return new Given(current, value, origin, subject, shown, removal);
    }

    /** How to give it another value. */
    String replacement(String better) {
        return origin == Origin.FILE
                ? "write in " + subject + ": " + name + " = " + better
                : new ConfigCommand(StackConfig.NAMESPACE + ":parameters.", name, false).set(better);
    }

    /** The value as it holds. */
    Setting setting() {
        return new Setting(name, value, origin, subject);
    }
}

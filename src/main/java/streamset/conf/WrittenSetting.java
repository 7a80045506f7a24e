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
record WrittenSetting(String name, String value, Origin origin, String subject, String shown, String removal) {
    private static final Pattern PLAIN = Pattern.compile("[\\w.+-]+"); // needs no quotes

    static WrittenSetting inFile(SourceFile source, ConfFile.Entry setting) {
        return new WrittenSetting(
                setting.name(),
                setting.value(),
                Origin.FILE,
                source.line(setting.line()),
                setting.name() + " = "
                        + (PLAIN.matcher(setting.value()).matches() ? setting.value() : "'" + setting.value() + "'"),
                "delete line " + setting.line() + " of " + source.location());
    }

    static WrittenSetting pinned(String name, String value) {
        var command = new ConfigCommand(StackConfig.NAMESPACE + ":parameters.", name, false);
        return new WrittenSetting(
                name,
                value,
                Origin.PINNED,
                StackConfig.NAMESPACE + ":parameters." + name,
                value.isEmpty() ? "''" : value,
                command.remove());
    }

    /** {@code streamset:wal} says how much WAL is kept. */
    static WrittenSetting pinned(Wal.Keep keep) {
        var command = new ConfigCommand(StackConfig.NAMESPACE + ":wal.", keep.key(), false);
        return new WrittenSetting(
                "wal_keep_size",
                keep.size().postgres(),
                Origin.PINNED,
                StackConfig.NAMESPACE + ":wal." + keep.key(),
                keep.words(),
                command.remove());
    }

    WrittenSetting named(String current) {
        return new WrittenSetting(current, value, origin, subject, shown, removal);
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

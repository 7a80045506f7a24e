package streamset.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import streamset.catalog.Catalog;
import streamset.catalog.ParameterName;
import streamset.conf.ConfFile;
import streamset.conf.SourceFile;
import streamset.config.KeptWal;
import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;
import streamset.units.ByteSize;

/**
 * A setting that a person wrote.
 *
 * @param setting its reason is the place where it was written
 * @param shown the written text, for messages
 * @param removal how to remove it
 */
record WrittenSetting(Setting setting, String shown, String removal) {
    private static final String PARAMETERS = StackConfig.NAMESPACE + ":parameters.";
    private static final String WAL = StackConfig.NAMESPACE + ":wal.";
    private static final String DELETE_SEVERAL = "delete lines ";
    private static final Pattern PLAIN = Pattern.compile("[\\w.+-]+"); // needs no quotes

    /** @param lines all that set the parameter: if only the last one were deleted, the one before it would take effect */
    static WrittenSetting inFile(SourceFile source, ConfFile.Entry entry, List<Integer> lines, Catalog catalog) {
        var value = entry.value();
        return new WrittenSetting(
                Setting.of(entry.name(), value, Origin.FILE, source.line(entry.line()), catalog),
                entry.name() + " = " + (PLAIN.matcher(value).matches() ? value : "'" + value + "'"),
                source.deletion(lines));
    }

    /** A setting of {@code streamset:parameters}. */
    static WrittenSetting pinned(String name, String value, Catalog catalog) {
        return new WrittenSetting(
                Setting.of(name, value, Origin.PINNED, PARAMETERS + name, catalog),
                value.isEmpty() ? "''" : value,
                new ConfigCommand(PARAMETERS, name, false).remove());
    }

    /** The setting for the WAL that {@code streamset:wal} keeps. */
    static WrittenSetting pinned(KeptWal keep, Catalog catalog) {
        var name = ParameterName.WAL_KEEP_SIZE.toString();
        return new WrittenSetting(
                Setting.of(name, keep.size().postgres(), Origin.PINNED, WAL + keep.key(), catalog),
                keep.words(),
                new ConfigCommand(WAL, keep.key(), false).remove());
    }

    String name() {
        return setting.name();
    }

    /** The place where it was written. */
    String subject() {
        return setting.reason();
    }

    String canonical() {
        return setting.canonical();
    }

    double number() {
        return setting.number();
    }

    /** A value that is not a number or word, in the form for the place where this was written. */
    String quoted(String value) {
        return setting.origin() == Origin.FILE ? "'" + value + "'" : value;
    }

    /** The same with another value, or another parameter instead. */
    WrittenSetting as(String name, String value, Catalog catalog) {
        return new WrittenSetting(Setting.of(name, value, setting.origin(), setting.reason(), catalog), shown, removal);
    }

    /** How to change its value. */
    String replacement(String better) {
        return setting.origin() == Origin.FILE
                ? "write in " + subject() + ": " + name() + " = " + better
                : new ConfigCommand(PARAMETERS, name(), false).set(better);
    }

    /**
     * How to lower a size to another one, or to the next one below that which can be written.
     *
     * @param keep the WAL that {@code streamset:wal} keeps, of which this may be the setting
     * @return empty when nothing that small can be written
     */
    Optional<String> lowered(ByteSize most, Optional<KeptWal> keep) {
        return keep.filter(amount -> subject().equals(WAL + amount.key()))
                .map(amount -> amount.atMost(most).map(value -> new ConfigCommand(WAL, amount.key(), false).set(value)))
                .orElseGet(() -> Optional.of(replacement(most.postgres())));
    }

    /** How to set another parameter in its place. */
    String replacement(Setting other) {
        var line = other.name() + " = " + other.value();
        if (setting.origin() != Origin.FILE) {
            return removal + " and " + new ConfigCommand(PARAMETERS, other.name(), false).set(other.value());
        }
        return removal.startsWith(DELETE_SEVERAL)
                ? removal + ", and write there: " + line
                : "write in " + subject() + ": " + line;
    }

    /** How to set another parameter beside it. */
    String addition(String name, String value) {
        return setting.origin() == Origin.FILE
                ? "write after " + subject() + ": " + name + " = " + quoted(value)
                : new ConfigCommand(PARAMETERS, name, false).set(value);
    }
}

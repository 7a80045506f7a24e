package streamset.features.restore;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import streamset.config.Section;
import streamset.features.Field;

/**
 * Reads the point in time that is restored.
 *
 * @param restore the object that says so
 */
record Targets(Section restore) {
    /**
     * A point in time.
     *
     * @param type the field that names it
     * @param text how pgBackRest takes it; empty for the latest
     */
    record Target(String type, String text) {}

    private static final String LATEST = "latest";
    private static final String YES = "true";
    private static final String SOME_TIME = "2026-11-27 12:00:00+00";
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}) ([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(?<zone>[+-]\\d{2}(:?[0-5]\\d)?)?");
    private static final Pattern LSN = Pattern.compile("[0-9A-F]{1,8}/[0-9A-F]{1,8}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([\\w .:+-]{0,61}\\w)?");

    /** Where none is named, or several are, there is a problem. */
    Optional<Target> read() {
        var found = List.of(
                        target("time", Targets::time, SOME_TIME),
                        target("lsn", Targets::lsn, "0/3000148"),
                        target("name", Targets::name, "before-the-change"),
                        target(LATEST, Targets::latest, YES))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        boolean faulty = List.of("time", "lsn", "name", LATEST).stream().anyMatch(restore::isFaulty);
        if (found.isEmpty() && !faulty) {
            restore.problem(
                    LATEST,
                    Section.NOT_SET,
                    "a point in time must be named, by time, lsn or name, or the latest one asked for",
                    restore.setCommand("time", SOME_TIME) + "; or " + restore.setCommand(LATEST, YES));
        }
        found.stream()
                .skip(1)
                .forEach(more -> restore.problem(
                        more.type(),
                        "set together with " + found.get(0).type(),
                        "both name the point in time that is restored; only one can apply",
                        restore.removeCommand(more.type())));
        return found.stream().findFirst();
    }

    private Optional<Target> target(String type, Function<String, String> parser, String example) {
        return new Field(restore, type).value(parser, example).map(text -> new Target(type, text));
    }

    private static String time(String text) {
        var parts = TIME.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be a time such as " + SOME_TIME);
        }
        if (parts.group("zone") == null) {
            throw new IllegalArgumentException("must be a time with its distance from UTC, such as " + SOME_TIME
                    + ": otherwise it depends on who reads it");
        }
        try {
            LocalDate.parse(parts.group(1));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a day that there is", e);
        }
        return text;
    }

    private static String lsn(String text) {
        if (!LSN.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a position in WAL such as 0/3000148");
        }
        return text;
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be the name of a restore point, of 1 … 63 letters, digits, spaces and _ . : + -");
        }
        return text;
    }

    private static String latest(String text) {
        if (!text.equals(YES)) {
            throw new IllegalArgumentException("must be true, or absent");
        }
        return "";
    }
}

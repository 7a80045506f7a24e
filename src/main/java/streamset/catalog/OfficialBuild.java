package streamset.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the PostgreSQL of the official image, built of Debian's packages, knows beyond the servers that the catalogs are
 * read from: those are built without LZ4, Zstandard and io_uring, and without Debian's patches. Nothing else differs but
 * defaults that are paths.
 */
final class OfficialBuild {
    /**
     * Values of an enum.
     *
     * @param since the first major
     * @param after the value that they follow in {@code pg_settings.enumvals}
     */
    private record Choice(String parameter, int since, String after, List<String> values) {}

    private static final List<Choice> CHOICES = List.of(
            new Choice("default_toast_compression", 14, "pglz", List.of("lz4")),
            new Choice("wal_compression", 15, "pglz", List.of("lz4", "zstd")), // a boolean before
            new Choice("io_method", 18, "worker", List.of("io_uring")));

    // a patch of Debian's; 18 has extension_control_path of its own in its place
    private static final Parameter EXTENSION_DESTDIR = new Parameter(
            "extension_destdir", Context.SUPERUSER, new StringType(), Optional.of(""), List.of(), CheckHook.ANYTHING);
    private static final int LAST_WITH_EXTENSION_DESTDIR = 17;

    private OfficialBuild() {}

    /** The parameters of a major with all that the official image's server knows. */
    static List<Parameter> completed(int major, List<Parameter> parameters) {
        var completed = new ArrayList<Parameter>();
        parameters.forEach(parameter -> completed.add(completed(major, parameter)));
        if (major <= LAST_WITH_EXTENSION_DESTDIR) {
            completed.add(EXTENSION_DESTDIR);
        }
        return completed;
    }

    private static Parameter completed(int major, Parameter parameter) {
        return CHOICES.stream()
                .filter(choice -> choice.parameter().equals(parameter.name()) && major >= choice.since())
                .findAny()
                .map(choice -> with(choice, parameter))
                .orElse(parameter);
    }

    private static Parameter with(Choice choice, Parameter parameter) {
        var type = (EnumType) parameter.type();
        var values = new ArrayList<>(type.values());
        values.addAll(values.indexOf(choice.after()) + 1, choice.values());
        return new Parameter(
                parameter.name(),
                parameter.context(),
                new EnumType(values, type.spellings()),
                parameter.bootValue(),
                parameter.formerNames(),
                parameter.hook());
    }
}

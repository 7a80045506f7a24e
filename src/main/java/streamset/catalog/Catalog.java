package streamset.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import streamset.problems.NearestName;
import streamset.units.ByteSize;

/**
 * Every parameter that one major version of PostgreSQL knows, including those of the extensions in the official image. The
 * catalogs are read from the real servers ({@code make catalogs}).
 */
public final class Catalog {
    private static final int OLDEST = 14; // majors with a catalog
    private static final int NEWEST = 18;

    private static final Map<Integer, Catalog> READ = new ConcurrentHashMap<>(); // a plan needs them many times

    private final int major;
    private final List<Parameter> parameters;
    private final Map<String, Parameter> byName = new HashMap<>(); // in lower case, including former names

    private Catalog(int major, List<Parameter> parameters) {
        this.major = major;
        this.parameters = List.copyOf(parameters);
        for (var parameter : parameters) {
            byName.put(PostgresParameter.name(parameter.name()), parameter);
            parameter.formerNames().forEach(name -> byName.put(name, parameter));
        }
    }

    /** The catalog of a major version, {@value #OLDEST} to {@value #NEWEST}. */
    public static Catalog of(int major) {
        return READ.computeIfAbsent(
                major, version -> new Catalog(version, OfficialBuild.completed(version, CatalogFile.read(version))));
    }

    /** All parameters, by name. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Whether the server of the official image can load a library of this name. */
    public boolean hasLibrary(String name) {
        return OfficialBuild.hasLibrary(major, name);
    }

    /** The parameter with this name in any case, or with a former name that PostgreSQL still accepts. */
    public Optional<Parameter> parameter(String name) {
        return Optional.ofNullable(byName.get(PostgresParameter.name(name)));
    }

    /**
     * Whether a name has an unknown prefix: then PostgreSQL accepts any value, and the extension checks it when it is loaded.
     */
    public boolean ofUnknownExtension(String name) {
        int dot = name.indexOf('.');
        var prefix = PostgresParameter.name(name.substring(0, dot + 1));
        return dot >= 0 && byName.keySet().stream().noneMatch(known -> known.startsWith(prefix));
    }

    /** The name that was probably intended by one that is not in the catalog. */
    public Optional<String> suggestion(String name) {
        return NearestName.to(PostgresParameter.name(name), byName.keySet())
                .map(nearest -> byName.get(nearest).name());
    }

    /** Why a name is not in the catalog: because of the version, or because of a typing error. */
    public String whyUnknown(String name) {
        return gone(name)
                .map(GoneParameter::reason)
                .filter(reason -> !reason.isEmpty())
                .or(() -> knownElsewhere(name))
                .orElseGet(() -> "is not a parameter of PostgreSQL " + major
                        + suggestion(name)
                                .map(nearest -> ", did you mean " + nearest + "?")
                                .orElse(""));
    }

    /** What serves the purpose of a removed parameter today; empty for nothing, and for all other names. */
    public Optional<String> instead(String name) {
        return gone(name).map(GoneParameter::instead).filter(instead -> !instead.isEmpty());
    }

    /**
     * What to set today instead of a removed parameter.
     *
     * @param value of the removed parameter
     * @param walSegment size of a WAL file, the unit of some old parameters
     * @return empty if nothing replaces it, or if this version does not accept the value
     */
    public Optional<Replacement> replacement(String name, String value, ByteSize walSegment) {
        return gone(name)
                .flatMap(gone -> gone.replacement(value, walSegment))
                .filter(today -> parameter(today.name())
                        .filter(parameter -> parameter.takes(today.value()))
                        .isPresent());
    }

    private static Optional<GoneParameter> gone(String name) {
        return GoneParameter.of(PostgresParameter.name(name));
    }

    private Optional<String> knownElsewhere(String name) {
        var majors = IntStream.rangeClosed(OLDEST, NEWEST)
                .filter(other -> of(other).parameter(name).isPresent())
                .boxed()
                .toList();
        if (majors.isEmpty()) {
            return Optional.empty();
        }
        int first = majors.get(0);
        int last = majors.get(majors.size() - 1);
        return Optional.of(
                first > major
                        ? "PostgreSQL " + major + " does not know it yet, it was added in " + first
                        : "was removed in PostgreSQL " + (last + 1));
    }
}

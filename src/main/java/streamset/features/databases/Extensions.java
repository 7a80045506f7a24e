package streamset.features.databases;

import java.util.Set;
import java.util.TreeSet;
import streamset.config.Section;
import streamset.problems.NearestName;

/** The extensions that can be declared. */
final class Extensions {
    /**
     * Those of PostgreSQL's own that the official image has, and that it trusts the owner of a database with: they reach nothing
     * outside of it. All majors have the same; the languages, which need other packages, are left out.
     */
    static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "dict_int",
            "fuzzystrmatch",
            "hstore",
            "intarray",
            "isn",
            "lo",
            "ltree",
            "pg_trgm",
            "pgcrypto",
            "seg",
            "tablefunc",
            "tcn",
            "tsm_system_rows",
            "tsm_system_time",
            "unaccent",
            "uuid-ossp"));

    private Extensions() {}

    /**
     * @return the name itself
     * @throws IllegalArgumentException when it cannot be declared
     */
    static String of(String name) {
        if (!KNOWN.contains(name)) {
            throw new IllegalArgumentException("is not one of those that can be declared"
                    + NearestName.to(name, KNOWN)
                            .map(near -> ", " + Section.DID_YOU_MEAN + near + "?")
                            .orElse(": " + String.join(", ", KNOWN)));
        }
        return name;
    }
}

package streamset.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References of container images: the rule for {@code streamset:image}, and the meaning of names and tags. */
public final class Image {
    private static final Pattern REFERENCE = Pattern.compile(
            "(?<repository>[a-z0-9](?:[\\w.:/-]*?\\w)?)(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");
    private static final Set<String> OFFICIAL = Set.of("postgres", "docker.io/postgres");
    private static final String OFFICIAL_LIBRARY = "library/postgres"; // on Docker Hub and its mirrors
    private static final String ALPINE = "alpine";
    private static final int SHOWN_OF_DIGEST = "sha256:".length() + 12; // characters; as many as container tools show

    // Images whose tags begin with the version of PostgreSQL. Others begin with their own version (0.8.0-pg17).
    private static final Set<String> TAGGED_BY_POSTGRESQL =
            Set.of("postgres", "postgresql", "postgresql-container", "postgis", "postgresql-repmgr");
    private static final Pattern LEADING_MAJOR = Pattern.compile("v?(\\d{1,2})(?:[.-].*)?");
    private static final Pattern NAMED_MAJOR =
            Pattern.compile("(?i)(?:^|[-_.])(?:pg|postgres|postgresql)[-_]?v?(\\d{2})(?![0-9])");
    private static final Pattern BEHIND_A_BASE =
            Pattern.compile("^(?:ubi|ubuntu|centos|rockylinux)\\d+-(\\d{2})\\.\\d.*");
    private static final Pattern MAJOR_IN_NAME =
            Pattern.compile("(?:^|.*-)(?:postgres|postgresql|spilo|pg)-?(\\d{2})(?:-.*)?");

    private Image() {}

    /**
     * @return the text itself
     * @throws IllegalArgumentException when it is not an image reference
     */
    public static String reference(String text) {
        if (!REFERENCE.matcher(text).matches()) {
            throw new IllegalArgumentException("must be an image reference, such as docker.io/library/postgres:18");
        }
        return text;
    }

    /**
     * @return the text itself
     * @throws IllegalArgumentException when it is not an image reference, or names another major version
     */
    static String ofMajor(String text, int major) {
        reference(text);
        majorOf(text).filter(said -> said != major).ifPresent(said -> {
            throw new IllegalArgumentException(
                    "is an image of PostgreSQL " + said + ", but streamset:version is " + major);
        });
        return text;
    }

    /** The major version of PostgreSQL that a reference names; empty for tags like {@code latest} and {@code 0.8.0}. */
    public static Optional<Integer> majorOf(String reference) {
        var parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var tag = parts.group("tag") == null ? "" : parts.group("tag");
        var repository = parts.group("repository");
        var name = repository.substring(repository.lastIndexOf('/') + 1);
        return first(NAMED_MAJOR.matcher(tag))
                .or(() -> first(BEHIND_A_BASE.matcher(tag)))
                .or(() -> TAGGED_BY_POSTGRESQL.contains(name) ? whole(LEADING_MAJOR.matcher(tag)) : Optional.empty())
                .or(() -> whole(MAJOR_IN_NAME.matcher(name)));
    }

    private static Optional<Integer> first(Matcher matcher) {
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static Optional<Integer> whole(Matcher matcher) {
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /**
     * What people can know of the version in an image that is named by its digest; empty for another reference.
     *
     * @param major the declared one
     */
    public static Optional<String> versionOfDigest(String reference, int major) {
        var parts = REFERENCE.matcher(reference);
        if (!parts.matches() || parts.group("digest") == null) {
            return Optional.empty();
        }
        var tag = parts.group("tag");
        return Optional.of("image " + parts.group("digest").substring(0, SHOWN_OF_DIGEST) + "…: declared as PostgreSQL "
                + major + (tag == null ? "" : ", with the tag " + tag)
                + "; the pods refuse another major version, and nothing verifies "
                + (tag == null ? "the minor one" : "the tag"));
    }

    /** Whether it is the official image, or its copy in a mirror. */
    public static boolean isOfficial(String reference) {
        var parts = REFERENCE.matcher(reference);
        return parts.matches()
                && (OFFICIAL.contains(parts.group("repository"))
                        || parts.group("repository").equals(OFFICIAL_LIBRARY)
                        || parts.group("repository").endsWith("/" + OFFICIAL_LIBRARY));
    }

    /** Whether the tag names Alpine Linux. */
    static boolean isAlpine(String reference) {
        var parts = REFERENCE.matcher(reference);
        return parts.matches()
                && parts.group("tag") != null
                && parts.group("tag").contains(ALPINE);
    }
}

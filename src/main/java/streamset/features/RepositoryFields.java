package streamset.features;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import streamset.config.KubernetesName;
import streamset.config.Section;
import streamset.config.StackConfig;

/**
 * Reads where base backups and WAL are stored.
 *
 * @param fields of the object that says so
 */
public record RepositoryFields(Section fields) {
    /** The field without which there is none. */
    public static final String BUCKET = "bucket";

    /** The field with the place in the bucket. */
    public static final String PATH = "path";

    private static final String ENDPOINT = "endpoint";
    private static final String SECRET = "secretName";
    private static final String AUTHORITY = "caSecretName";
    private static final String STYLE = "uriStyle";
    private static final String STYLE_OF_PATH = "path"; // which every store has
    private static final String REGION = "us-east-1"; // the one that stores without regions take

    private static final Pattern BUCKETS = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGIONS = Pattern.compile("[A-Za-z0-9][\\w.-]{0,62}");
    private static final Pattern PATHS = Pattern.compile("(/(?!\\.{1,2}(/|$))[\\w.-]+)+");
    private static final int LONGEST_PATH = 200; // characters; pgBackRest adds as many below it, and S3 takes 1024

    private static final Endpoint SOME_ENDPOINT = new Endpoint("s3.eu-central-1.amazonaws.com", Optional.empty());

    /**
     * Where something is missing or wrong, an example stands in for it, and there is a problem.
     *
     * @param path unless the fields have one; empty if they must
     */
    public Repository read(Optional<String> path) {
        var stored = field(PATH, RepositoryFields::path, "/postgresql/postgresql");
        return new Repository(
                required(BUCKET, RepositoryFields::bucket, "backups", "nothing can be stored without a bucket"),
                endpoint(),
                fields.value("region", RepositoryFields::region, REGION, REGION),
                path.isPresent()
                        ? stored.orElse(path.get())
                        : required(
                                PATH,
                                RepositoryFields::path,
                                "/postgresql/postgresql",
                                "it must say which cluster's backups are read"),
                fields.value(STYLE, Field.oneOf(Set.of(STYLE_OF_PATH, "host")), STYLE_OF_PATH, STYLE_OF_PATH),
                required(
                        SECRET,
                        KubernetesName::subdomain,
                        "backup",
                        "an existing Secret must have the keys access-key-id and secret-access-key, and cipher-passphrase unless"
                                + " encryption is false"),
                field(AUTHORITY, KubernetesName::subdomain, "backup-ca"),
                fields.value("encryption", StackConfig::bool, true, "true"));
    }

    private Endpoint endpoint() {
        var read = fields.value(
                ENDPOINT,
                text -> Optional.of(Endpoint.parse(text)),
                Optional.<Endpoint>empty(),
                SOME_ENDPOINT.toString(),
                Endpoint::likely);
        if (read.isEmpty() && !fields.isFaulty(ENDPOINT)) {
            fields.problem(
                    ENDPOINT,
                    Section.NOT_SET,
                    "the store must have an address",
                    fields.setCommand(ENDPOINT, SOME_ENDPOINT.toString()));
        }
        return read.orElse(SOME_ENDPOINT);
    }

    private String required(String name, Function<String, String> parser, String example, String reason) {
        return new Field(fields, name).required(parser, example, reason).orElse(example);
    }

    private Optional<String> field(String name, Function<String, String> parser, String example) {
        return new Field(fields, name).value(parser, example);
    }

    private static String bucket(String text) {
        return matching(text, BUCKETS, "must be the name of a bucket: 3 … 63 lower-case letters, digits, '-' and '.'");
    }

    private static String region(String text) {
        return matching(text, REGIONS, "must be the name of a region, such as eu-central-1");
    }

    private static String path(String text) {
        if (text.length() > LONGEST_PATH) {
            throw new IllegalArgumentException("must have at most " + LONGEST_PATH + " characters");
        }
        return matching(
                text,
                PATHS,
                "must be a path such as /postgresql/orders: it begins with '/', does not end with one, and has letters, digits,"
                        + " '_', '.' and '-', but no '..'");
    }

    private static String matching(String text, Pattern pattern, String expectation) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(expectation);
        }
        return text;
    }
}

package streamset.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import streamset.catalog.PostgresParameter;

/**
 * Everything that a stack declares about its cluster, checked.
 *
 * @param replicas pods: one primary and an even number of standbys
 * @param roles which pod writes, and which standbys it waits for
 * @param failover who decides which pod writes
 * @param version major version of PostgreSQL
 * @param user the UID and GID that the servers run with
 * @param parameters PostgreSQL parameters that override the conf file, sorted by name
 * @param allowTrust whether pg_hba.conf may let somebody in from the network without a password
 * @param keepVolumes whether claims, and with them the data, are kept when they are no longer declared
 * @param waivers the rules that the stack does not follow, with its reasons
 */
public record StackConfig(
        Names names,
        boolean createNamespace,
        int replicas,
        Roles roles,
        Failover failover,
        int version,
        String image,
        int user,
        Resources resources,
        Storage storage,
        Wal wal,
        Map<String, String> parameters,
        boolean allowTrust,
        Credentials credentials,
        boolean keepVolumes,
        Waivers waivers) {

    public static final String NAMESPACE = "streamset"; // of the configuration keys

    private static final int OLDEST_VERSION = 14; // the oldest major that the PostgreSQL project still supports
    private static final int NEWEST_VERSION = 18;
    private static final int DEBIAN_USER = 999; // postgres in the official images
    private static final int ALPINE_USER = 70;
    private static final int LARGEST_USER = 999_999_999;
    private static final Pattern SYSTEM_NAMESPACE = Pattern.compile("default|(kube|openshift)(-.*)?");
    private static final int REPLICAS_LIMIT = 999; // an ordinal has at most three digits

    /**
     * Reads the keys of {@code streamset:}. If there are problems, the result can only be used to find further ones.
     */
    public static StackConfig read(Section keys) {
        int version = keys.value(
                "version",
                StackConfig::version,
                NEWEST_VERSION,
                Integer.toString(NEWEST_VERSION),
                LikelyValue::version);
        int replicas = keys.value("replicas", StackConfig::replicas, 3, nearestOdd(keys));
        var image = image(keys, version);
        var roles = Roles.read(keys, replicas);
        var failover = Failover.read(keys, roles);
        if (failover.automatic() && Image.isOfficial(image)) {
            keys.problem(
                    "image",
                    image,
                    "has no Patroni, which failover automatic needs",
                    "build one with it (docs/images.md), then: " + keys.setCommand("image", "<image>"));
        }
        return new StackConfig(
                names(keys, replicas),
                keys.value("createNamespace", StackConfig::bool, true, "true", LikelyValue::bool),
                replicas,
                roles,
                failover,
                version,
                image,
                user(keys, image),
                Resources.read(keys.object("resources")),
                Storage.read(keys.object("storage")),
                Wal.read(keys.object("wal"), !keys.object("backup").names().isEmpty()),
                parameters(keys.flattened("parameters")),
                keys.value("allowTrust", StackConfig::bool, false, "false", LikelyValue::bool),
                Credentials.read(keys),
                keys.value("keepVolumes", StackConfig::bool, true, "true", LikelyValue::bool),
                Waivers.read(keys.object("waivers")));
    }

    private static int version(String text) {
        return wholeNumber(text, OLDEST_VERSION, NEWEST_VERSION, "must be a major version of PostgreSQL, 14 … 18");
    }

    private static int replicas(String text) {
        int replicas = wholeNumber(text, 1, REPLICAS_LIMIT, "must be a whole number, 1 … " + REPLICAS_LIMIT);
        if (replicas % 2 == 0) {
            throw new IllegalArgumentException("must be odd (1, 3, 5 …): one primary and an even number of standbys");
        }
        return replicas;
    }

    private static String nearestOdd(Section keys) {
        var text = keys.text("replicas");
        return text.matches("\\d{1,3}") ? Integer.toString(Integer.parseInt(text) | 1) : "3";
    }

    static int wholeNumber(String text, int least, int most, String expectation) {
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(expectation);
        }
        return Integer.parseInt(text);
    }

    /**
     * Reads a flag.
     *
     * @throws IllegalArgumentException when it is neither true nor false
     */
    public static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static Names names(Section keys, int replicas) {
        var prefix = keys.value("name", StackConfig::prefix, "postgresql", "postgresql", KubernetesName::likelyLabel);
        var namespace =
                keys.value("namespace", KubernetesName::label, "postgresql", "postgresql", KubernetesName::likelyLabel);
        var domain = keys.value(
                "clusterDomain", KubernetesName::subdomain, "cluster.local", "cluster.local", KubernetesName::likely);
        var names = new Names(prefix, namespace, domain);
        if (SYSTEM_NAMESPACE.matcher(namespace).matches()
                && keys.text("createNamespace").matches("|true")) {
            keys.problem(
                    "namespace",
                    namespace,
                    "belongs to Kubernetes itself, and a declared namespace is deleted with the stack, with everything in it",
                    keys.setCommand("namespace", "postgresql") + "; or, to leave it alone: "
                            + keys.setCommand("createNamespace", "false"));
        }
        if (!names.dnsNamesFit(replicas)) {
            keys.problem(
                    "clusterDomain",
                    domain,
                    "the pods' DNS names would have more than 253 characters",
                    keys.setCommand("clusterDomain", "cluster.local"));
        }
        return names;
    }

    private static String prefix(String text) {
        KubernetesName.serviceLabel(text);
        if (text.length() > Names.PREFIX_LIMIT) {
            throw new IllegalArgumentException("must have at most " + Names.PREFIX_LIMIT + " characters, so that "
                    + "<name>-replicator-<hash> is still a DNS label of 63; this has " + text.length());
        }
        return text;
    }

    private static String image(Section keys, int version) {
        var official = "docker.io/library/postgres:" + version;
        return keys.value("image", text -> Image.ofMajor(text, version), official, official);
    }

    private static int user(Section keys, String image) {
        int ofImage = Image.isAlpine(image) ? ALPINE_USER : DEBIAN_USER;
        return keys.value("runAsUser", text -> user(text, ofImage), ofImage, Integer.toString(ofImage));
    }

    private static int user(String text, int ofImage) {
        int user = wholeNumber(
                text, 0, LARGEST_USER, "must be a UID, 1 … " + LARGEST_USER + ", or 0 for the official image's");
        return user == 0 ? ofImage : user;
    }

    private static Map<String, String> parameters(Section fields) {
        var parameters = new TreeMap<String, String>();
        for (String name : fields.names()) {
            var value = fields.value(name, PostgresParameter::value, "", "<value>");
            if (!PostgresParameter.isName(name)) {
                fields.problem(
                        name,
                        value,
                        "is not the name of a parameter: letters, digits and '_', at most one '.'",
                        fields.removeCommand(name));
            }
            parameters.put(PostgresParameter.name(name), value);
        }
        return parameters;
    }
}

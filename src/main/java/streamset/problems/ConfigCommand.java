package streamset.problems;

/**
 * The commands that change the configuration, for remedies.
 *
 * @param path of the section that holds the key: {@code streamset:}, or {@code streamset:wal.} within an object
 * @param secret whether the value is kept encrypted
 */
public record ConfigCommand(String path, String key, boolean secret) {
    private static final String PULUMI_CONFIG = "pulumi config ";

    /** Sets the key. */
    public String set(String value) {
        return PULUMI_CONFIG + setVerb() + target() + " " + value;
    }

    /** Removes the key. */
    public String remove() {
        return PULUMI_CONFIG + "rm" + target();
    }

    /** Removes what is no object, and sets the fields of one instead. */
    public String reset() {
        return remove() + ", then set each field: " + PULUMI_CONFIG + setVerb() + " --path '" + path + key
                + ".<field>' <value>";
    }

    private String setVerb() {
        return secret ? "set --secret" : "set";
    }

    private String target() {
        boolean nested = path.endsWith(".");
        if (!nested) {
            return " " + path + key;
        }
        // a name with a dot of its own is no path of two steps
        var full = key.contains(".") ? path.substring(0, path.length() - 1) + "[\"" + key + "\"]" : path + key;
        return " --path '" + full + "'";
    }
}

package streamset.config;

/** Where the passwords of the roles {@code postgres} and {@code replicator} come from. */
public sealed interface Credentials {
    /** The Secret is declared by this program. */
    record Passwords(String postgres, String replicator) implements Credentials {
        @Override
        public String toString() {
            return "Passwords[secret]"; // a record's default text would put them into logs
        }
    }

    /**
     * The Secret exists already, managed by somebody else, with the keys {@code postgres} and {@code replicator}.
     *
     * @param secretName its name, in the cluster's namespace
     */
    record ExistingSecret(String secretName) implements Credentials {}

    /** Reads {@code passwords} and {@code secretName}, of which exactly one must be set. */
    static Credentials read(Section keys) {
        var fields = keys.secretObject("passwords");
        var secretName =
                keys.value("secretName", KubernetesName::subdomain, "", "postgresql-passwords", KubernetesName::likely);
        if (fields.names().isEmpty()) {
            if (secretName.isEmpty() && !keys.isFaulty("secretName") && !keys.isFaulty("passwords")) {
                keys.problem(
                        "passwords",
                        Section.NOT_SET,
                        "passwords or secretName must say where the passwords come from",
                        fields.setCommand("postgres", random()));
            }
            return new ExistingSecret(secretName);
        }
        if (!secretName.isEmpty()) {
            keys.problem(
                    "secretName",
                    secretName,
                    "passwords are set too; only one of the two can apply",
                    keys.removeCommand("secretName"));
        }
        boolean anyEncrypted = keys.isSecret("passwords");
        return new Passwords(password(fields, "postgres", anyEncrypted), password(fields, "replicator", anyEncrypted));
    }

    /**
     * Reads the password of another role, beside those of the two.
     *
     * @param keys all keys of {@code streamset:}; receives a problem if there is none, or it cannot be used
     */
    static String passwordOf(String role, Section keys) {
        var need = "the role is declared in streamset:databases, and needs a password";
        return password(keys.secretObject("passwords"), role, keys.isSecret("passwords"), need);
    }

    private static String password(Section fields, String role, boolean anyEncrypted) {
        return password(fields, role, anyEncrypted, "both roles, postgres and replicator, need a password");
    }

    private static String password(Section fields, String role, boolean anyEncrypted, String need) {
        var password = fields.value(role, Credentials::printable, "", random());
        if (fields.isFaulty(role)) {
            return password;
        }
        if (password.isEmpty()) {
            fields.problem(role, Section.NOT_SET, need, fields.setCommand(role, random()));
        } else if (!anyEncrypted || fields.hasClearText(role)) {
            fields.problem(
                    role,
                    Section.CLEAR_TEXT,
                    "must be stored encrypted; the clear text stays in the history of the file, so it takes another password",
                    fields.setCommand(role, random()));
        }
        return password;
    }

    /** A shell command that generates a password. */
    private static String random() {
        return "\"$(openssl rand -base64 24)\"";
    }

    private static String printable(String password) {
        if (password.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must have no control characters: initdb reads one line");
        }
        return password;
    }
}

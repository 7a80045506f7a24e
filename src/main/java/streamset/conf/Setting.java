package streamset.conf;

/**
 * A parameter with the value that holds.
 *
 * @param name as PostgreSQL compares it
 * @param reason why it has this value: where it was written, or what it follows from
 */
public record Setting(String name, String value, Origin origin, String reason) {
    /** The line of postgresql.conf, with origin and reason behind it. */
    public String line() {
        return name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'  # " + origin + ": " + reason;
    }
}

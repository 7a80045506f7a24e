package streamset.conf;

/**
 * A line of postgresql.conf that the program adds.
 *
 * @param name of the parameter that it sets
 * @param value without quotes and escapes
 * @param comment after the value
 */
public record AddedLine(String name, String value, String comment) {
    /** The line without its end. */
    public String text() {
        return name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'  # " + comment;
    }
}

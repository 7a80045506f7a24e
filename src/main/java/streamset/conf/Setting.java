package streamset.conf;

/**
 * A parameter that the file's author did not write.
 *
 * @param origin the layer it comes from, and why it has this value; stands behind it as a comment
 */
record Setting(String name, String value, String origin) {
    String line() {
        return name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'  # " + origin;
    }
}

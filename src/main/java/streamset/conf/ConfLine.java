package streamset.conf;

/** The content of a line of postgresql.conf, read as PostgreSQL reads it. */
sealed interface ConfLine permits ConfLine.Empty, ConfLine.Assignment, Unreadable {
    /** A line of blanks, or a comment. */
    record Empty() implements ConfLine {}

    /**
     * A line that sets a parameter.
     *
     * @param name as it is written
     * @param value without the quotes and escapes
     */
    record Assignment(String name, String value) implements ConfLine {}

    /** @param line without the line feed at its end */
    static ConfLine read(String line) {
        var name = ConfToken.at(line, 0);
        if (name.is(ConfToken.Kind.END)) {
            return new Empty();
        }
        if (!name.isName() || name.hasInvisible()) {
            return Unreadable.asName(name);
        }
        var next = name.next(line);
        var value = next.is(ConfToken.Kind.EQUALS) ? next.next(line) : next;
        if (!value.isValue() || value.hasInvisible()) {
            return Unreadable.asValue(name, value, line);
        }
        var rest = value.next(line);
        if (!rest.is(ConfToken.Kind.END)) {
            return Unreadable.behindValue(name, value, rest, line);
        }
        try {
            boolean quoted = value.is(ConfToken.Kind.STRING);
            return new Assignment(name.text(), quoted ? QuotedString.value(value.text()) : value.text());
        } catch (IllegalArgumentException e) {
            return new Unreadable(e.getMessage(), "write the characters themselves");
        }
    }
}

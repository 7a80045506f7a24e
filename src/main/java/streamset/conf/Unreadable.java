package streamset.conf;

import streamset.problems.Invisible;
import streamset.problems.Problem;

/**
 * A line of postgresql.conf that PostgreSQL cannot read, or reads in a way that nobody intends.
 *
 * @param fix how to write it instead
 */
record Unreadable(String reason, String fix) implements ConfLine {
    private static final int SHOWN_CHARACTERS = 40; // of quoted text, so that the reason stays readable

    /** @param token the one at the place of the name */
    static Unreadable asName(ConfToken token) {
        return token.hasInvisible() ? invisible(token) : noName(shown(token));
    }

    private static Unreadable noName(String text) {
        return new Unreadable(
                text + " is not a name: a name has letters, digits, _ and at most one dot",
                "write it as: name = value, or put # before a comment");
    }

    /** @param token the one at the place of the value */
    static Unreadable asValue(ConfToken name, ConfToken token, String line) {
        if (token.hasInvisible()) {
            return invisible(token);
        }
        return switch (token.kind()) {
            case END ->
                new Unreadable(
                        shown(name) + " has no value",
                        "write it as: " + shown(name) + " = value, with '' for an empty one");
            case EQUALS -> new Unreadable("has more than one =", "write it as: " + shown(name) + " = value");
            case QUALIFIED_ID ->
                new Unreadable(shown(token) + " is a name, unless it is in single quotes", quoted(name, token, line));
            default -> otherAsValue(name, token, line);
        };
    }

    private static Unreadable otherAsValue(ConfToken name, ConfToken token, String line) {
        if (token.text().equals("'")) {
            return new Unreadable(
                    "the closing quote is missing",
                    "end the value with ', and double each quote and backslash that belongs to it");
        }
        return token.start() == name.end()
                ? noName(Problem.shortened(line.substring(name.start()).split("[ \t\r=#]", 2)[0], SHOWN_CHARACTERS))
                : needsQuotes(name, token, token, line);
    }

    /** @param rest the token after the value, where the line should end */
    static Unreadable behindValue(ConfToken name, ConfToken value, ConfToken rest, String line) {
        if (rest.hasInvisible()) {
            return invisible(rest);
        }
        if (rest.text().equals(";")) {
            return new Unreadable("a ; after the value is an error in postgresql.conf", "delete the ;");
        }
        if (value.is(ConfToken.Kind.STRING)) {
            return new Unreadable(
                    shown(rest) + " follows the closing quote",
                    "double each quote that belongs to the value, and put # before a comment");
        }
        if (rest.is(ConfToken.Kind.EQUALS) && line.lastIndexOf('=', value.start()) < 0) {
            return noName(shown(name) + " " + shown(value));
        }
        return rest.is(ConfToken.Kind.OTHER) || rest.is(ConfToken.Kind.EQUALS)
                ? needsQuotes(name, value, rest, line)
                : new Unreadable(
                        "without quotes these are two values: " + shown(value) + " and " + shown(rest),
                        quoted(name, value, line) + ", or put # before a comment");
    }

    private static Unreadable needsQuotes(ConfToken name, ConfToken value, ConfToken token, String line) {
        return new Unreadable(
                token.text().equals("\"")
                        ? "a value needs single quotes; double ones can only be a part of it"
                        : "a value with " + shown(token) + " in it must be in single quotes",
                quoted(name, value, line));
    }

    private static Unreadable invisible(ConfToken token) {
        return new Unreadable(
                "contains " + Invisible.firstIn(token.text()) + ", which PostgreSQL does not treat as a blank",
                "replace it with a plain blank, or delete it");
    }

    /** The line that was probably intended: everything after the name, except a comment, as one value. */
    private static String quoted(ConfToken name, ConfToken value, String line) {
        var intended =
                line.substring(value.start()).replaceFirst("#.*", "").strip().replaceFirst("^\"([^\"]*)\"$", "$1");
        boolean whole =
                intended.chars().filter(c -> c == '"').count() % 2 == 0; // otherwise the # was within double quotes
        boolean plain = intended.length() <= SHOWN_CHARACTERS
                && intended.chars().noneMatch(c -> c == '\'' || c == '\\')
                && !Invisible.isIn(intended);
        return "write it as: " + shown(name) + " = '" + (whole && plain ? intended : "value") + "'";
    }

    private static String shown(ConfToken token) {
        return Problem.shortened(token.text(), SHOWN_CHARACTERS);
    }
}

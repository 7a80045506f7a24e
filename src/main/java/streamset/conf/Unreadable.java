package streamset.conf;

import streamset.problems.Invisible;
import streamset.problems.Problem;

/**
 * A line of postgresql.conf that PostgreSQL cannot read, or reads as nobody means it.
 *
 * @param fix how to write it instead
 */
record Unreadable(String reason, String fix) implements ConfLine {
    private static final int SHOWN_CHARACTERS = 40; // of what is quoted in a reason, so that it stays a sentence

    /** @param token what stands where the name is to stand */
    static Unreadable asName(ConfToken token) {
        return token.hasInvisible() ? invisible(token) : noName(shown(token));
    }

    private static Unreadable noName(String text) {
        return new Unreadable(
                text + " is no name: a name has letters, digits, _ and at most one dot",
                "write it as: name = value, or put # before a comment");
    }

    /** @param token what stands where the value is to stand */
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
                new Unreadable(
                        shown(token) + " is a name, unless it stands in single quotes", quoted(name, token, line));
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

    /** @param rest what stands where the line is to end */
    static Unreadable behindValue(ConfToken name, ConfToken value, ConfToken rest, String line) {
        if (rest.hasInvisible()) {
            return invisible(rest);
        }
        if (rest.text().equals(";")) {
            return new Unreadable("a ; behind the value is an error in postgresql.conf", "delete the ;");
        }
        if (value.is(ConfToken.Kind.STRING)) {
            return new Unreadable(
                    shown(rest) + " stands behind the closing quote",
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
                        ? "a value stands in single quotes; double ones can only be a part of it"
                        : "a value with " + shown(token) + " in it must stand in single quotes",
                quoted(name, value, line));
    }

    private static Unreadable invisible(ConfToken token) {
        return new Unreadable(
                "holds " + Invisible.firstIn(token.text()) + ", which is no blank to PostgreSQL",
                "type a plain blank in its place, or nothing");
    }

    /** The line as it was probably meant: all behind the name, but for a comment, as one value. */
    private static String quoted(ConfToken name, ConfToken value, String line) {
        var meant =
                line.substring(value.start()).replaceFirst("#.*", "").strip().replaceFirst("^\"([^\"]*)\"$", "$1");
        boolean whole = meant.chars().filter(c -> c == '"').count() % 2 == 0; // else the # was within double quotes
        boolean plain = meant.length() <= SHOWN_CHARACTERS
                && meant.chars().noneMatch(c -> c == '\'' || c == '\\')
                && !Invisible.isIn(meant);
        return "write it as: " + shown(name) + " = '" + (whole && plain ? meant : "value") + "'";
    }

    private static String shown(ConfToken token) {
        return Problem.shortened(token.text(), SHOWN_CHARACTERS);
    }
}

package streamset.review;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Refuses what only one of the two YAML readers accepts, the program's or the engine's, what they read differently, and what is
 * too much for either: so no file has two meanings.
 */
record EngineSyntax(FileProblems problems, LoadSettings settings) {
    private static final int DEEPEST = 100; // the Java stack is deep enough for more

    private static final String QUOTE = "put it in quotation marks";
    private static final Pattern ANCHOR = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern DIRECTIVE = Pattern.compile("\\A(?:[ \\t]*(?:#.*)?\\R)*%.*");
    private static final Pattern OLD_LINE_END = Pattern.compile("[\\u0085\\u2028\\u2029]");
    private static final Pattern FLOW_COLON = Pattern.compile(":[,\\[\\]{}]");
    private static final Pattern SLASH = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\/");

    /** Whether something was refused, so that the rest of the file need not be read. */
    boolean refuses(String text) {
        return refusesAny(DIRECTIVE, text, "(%)", "is a directive, which no stack file needs", "delete the line")
                || refusesAny(
                        OLD_LINE_END,
                        text,
                        "(invisible)",
                        "has a character that only the engine takes as the end of a line",
                        "delete it, or replace it with a line end")
                || refusesEvent(text);
    }

    private boolean refusesAny(Pattern pattern, String text, String value, String reason, String fix) {
        Matcher found = pattern.matcher(text);
        boolean is = found.find();
        if (is) {
            long before = text.substring(0, found.end()).lines().count();
            problems.add((int) Math.max(before, 1), value, reason, fix);
        }
        return is;
    }

    private boolean refusesEvent(String text) {
        var codePoints = text.codePoints().toArray();
        var open = new ArrayDeque<CollectionStartEvent>();
        boolean read = false;
        for (var event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent collection) {
                open.push(collection);
            } else if (event instanceof CollectionEndEvent) {
                open.pop();
            }
            boolean inFlow = !open.isEmpty() && open.peek().isFlow();
            var refusal = event instanceof DocumentStartEvent && read
                    ? Optional.of(new Refusal(
                            "---", "begins a second document, which the engine does not read", "delete the rest"))
                    : open.size() > DEEPEST
                            ? tooDeep(open.size())
                            : name(event).or(() -> refusal(event, inFlow, codePoints));
            if (refusal.isPresent()) {
                int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                problems.add(
                        line,
                        refusal.get().value(),
                        refusal.get().reason(),
                        refusal.get().fix());
                return true;
            }
            read |= event instanceof DocumentEndEvent;
        }
        return false;
    }

    private record Refusal(String value, String reason, String fix) {}

    private static Optional<Refusal> tooDeep(int depth) {
        return Optional.of(new Refusal(
                "(" + depth + " deep)",
                "has more than " + DEEPEST + " nested lists and objects, which no key needs",
                "correct the file"));
    }

    private static Optional<Refusal> name(Event event) {
        var anchor = event instanceof NodeEvent node
                ? node.getAnchor()
                : event instanceof AliasEvent alias ? Optional.of(alias.getAlias()) : Optional.<Anchor>empty();
        return anchor.map(Anchor::getValue)
                .filter(name -> !ANCHOR.matcher(name).matches())
                .map(name -> new Refusal(
                        "&" + name, "is not a name of an anchor for the engine", "use letters, digits, '_' and '-'"));
    }

    private static Optional<Refusal> refusal(Event event, boolean inFlow, int[] codePoints) {
        if (!(event instanceof ScalarEvent scalar)) {
            return Optional.empty();
        }
        if (scalar.isDQuoted() && SLASH.matcher(written(scalar, codePoints)).find()) {
            return Optional.of(new Refusal(
                    "\\/", "is not an escape that the engine knows", "write the slash without the backslash"));
        }
        if (inFlow && scalar.isPlain() && scalar.getValue().contains("?")) {
            return Optional.of(
                    new Refusal(scalar.getValue(), "is not allowed here: for the engine, '?' begins a name", QUOTE));
        }
        if (inFlow
                && scalar.isPlain()
                && FLOW_COLON.matcher(after(scalar, codePoints)).matches()) {
            return Optional.of(new Refusal(
                    scalar.getValue() + ":",
                    "has nothing after the colon, which is part of the text for the engine but not for other readers",
                    "write a space after the colon"));
        }
        if (scalar.getValue().startsWith("\n")) {
            return Optional.of(new Refusal(
                    "(a line end)",
                    "begins with an empty line, which the engine loses",
                    "begin with the first line that is not empty"));
        }
        return Optional.empty();
    }

    private static String written(Event event, int[] codePoints) {
        int begin = event.getStartMark().orElseThrow().getIndex();
        return new String(codePoints, begin, event.getEndMark().orElseThrow().getIndex() - begin);
    }

    /** The next two characters. */
    private static String after(Event event, int[] codePoints) {
        int end = event.getEndMark().orElseThrow().getIndex();
        return new String(codePoints, end, Math.min(2, codePoints.length - end));
    }
}

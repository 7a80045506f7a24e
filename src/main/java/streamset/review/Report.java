package streamset.review;

import java.util.regex.Pattern;
import streamset.problems.BadInput;
import streamset.problems.ConfigCommand.Written;
import streamset.problems.ConfigEdit;

/** The commands of remedies as changes of a stack's file. */
final class Report {
    private static final Pattern PLACE = Pattern.compile("\\[(\\d+)]");

    private Report() {}

    /** What is wrong with a stack, and how its file mends it. */
    static String of(BadInput refusal, StackFiles files) {
        var edits = new Edits(command -> files);
        return refusal.with(edits::beside).getMessage();
    }

    /** A file's text after a command. */
    static StackText changed(StackText text, Written command) {
        var path = ConfigEdit.path(command);
        if (command.value().isEmpty()) {
            return text.without(path);
        }
        var place = PLACE.matcher(path.get(path.size() - 1));
        return place.matches()
                ? text.withElement(
                        path.subList(0, path.size() - 1), Integer.parseInt(place.group(1)), ConfigEdit.value(command))
                : text.with(path, ConfigEdit.value(command));
    }
}

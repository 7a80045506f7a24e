package streamset.review;

import java.io.IOException;
import java.nio.file.Path;
import streamset.problems.BadInput;

/**
 * Gives what one stack is meant to do to another: prints it as a diff, and applies it when that is wanted.
 *
 * <p>Arguments: the stack that has it; the stack that gets it; {@code yes} to apply it, or nothing.
 */
public final class Promote {
    private static final Path PROJECT = Path.of("");
    private static final String APPLY = "yes";

    private Promote() {}

    /** Exit code 0: the diff is on standard output; 1: the problems are on standard error; 2: the call is wrong. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3 || arguments[0].isEmpty() || arguments[1].isEmpty() || !isAnswer(arguments[2])) {
            System.err.println("usage: make -s promote FROM=<stack> TO=<stack> [APPLY=yes]");
            System.exit(2);
        }
        var to = new StackFiles(PROJECT, arguments[1]);
        try {
            var promotion = Promotion.of(new StackFiles(PROJECT, arguments[0]), to);
            System.out.print(promotion.text());
            System.err.print(rest(promotion, to, arguments[2].equals(APPLY)));
        } catch (BadInput e) {
            System.err.print(e.getMessage());
            System.exit(1);
        }
    }

    private static boolean isAnswer(String apply) {
        return apply.isEmpty() || apply.equals(APPLY);
    }

    /** Applies it, or says how that is done. */
    static String rest(Promotion promotion, StackFiles to, boolean apply) throws IOException {
        if (promotion.isEmpty()) {
            return "";
        }
        if (!apply) {
            return "to apply it: make promote FROM=" + promotion.from() + " TO=" + promotion.to() + " APPLY=yes\n";
        }
        to.write(promotion.changed());
        var text = new StringBuilder();
        promotion
                .changed()
                .forEach((file, content) -> text.append(content.isPresent() ? "wrote " : "deleted ")
                        .append(file)
                        .append('\n'));
        return text.toString();
    }
}

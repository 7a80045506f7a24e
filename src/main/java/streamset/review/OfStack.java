package streamset.review;

import java.util.function.Function;
import java.util.function.Supplier;
import streamset.problems.BadInput;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigCommand.Written;
import streamset.problems.Problem;
import streamset.problems.Problems;

/**
 * Problems where several stacks take part: each names the stack whose files are at fault, and so do the commands and edits that
 * mend it.
 *
 * @param place where a value is that cannot be used; empty for problems that say so themselves
 * @param fault the stack that a command has to change
 */
record OfStack(Function<Problem, String> place, Function<Written, StackFiles> fault) {
    /** Problems that lie in one of them. */
    static OfStack alone(StackFiles files) {
        var file = files.config().toString();
        return new OfStack(problem -> problem.subject().contains(file) ? "" : file, command -> files);
    }

    /**
     * Reads something of the stack.
     *
     * @throws BadInput with problems that name it
     */
    <T> T read(Function<Problems, T> reader) {
        var problems = new Problems();
        return tried(() -> {
            var read = reader.apply(problems);
            problems.throwIfAny();
            return read;
        });
    }

    /** @throws BadInput with problems that name the stack */
    <T> T tried(Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (BadInput e) {
            throw e.with(this::named);
        }
    }

    private Problem named(Problem problem) {
        var edited = new Edits(fault).beside(problem);
        var where = place.apply(problem);
        return new Problem(
                problem.subject(),
                problem.value() + (where.isEmpty() ? "" : "  (in " + where + ")"),
                problem.reason(),
                ConfigCommand.ofStack(
                        edited.fix(), command -> fault.apply(command).stack()));
    }
}

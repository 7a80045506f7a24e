package streamset.problems;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The input cannot be used; the message holds every problem, ready to be printed. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    BadInput(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong. */
    public List<Problem> problems() {
        return problems;
    }

    /** The same with each problem in another form. */
    public BadInput with(UnaryOperator<Problem> form) {
        return new BadInput(problems.stream().map(form).toList());
    }

    private static String message(List<Problem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(Problem::text)
                .collect(Collectors.joining("\n\n", count + ", nothing was changed\n\n", "\n"));
    }
}

package streamset;

import com.pulumi.exceptions.RunException;
import java.util.List;
import streamset.problems.BadInput;
import streamset.problems.Problem;

/** Something that people have to correct; nothing was declared. The engine prints it without a stack trace. */
public final class UserError extends RunException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    UserError(BadInput cause) {
        super(cause.getMessage(), cause);
        this.problems = cause.problems();
    }

    /** All that is wrong: key or file and line, value, reason, remedy. */
    public List<Problem> problems() {
        return problems;
    }
}

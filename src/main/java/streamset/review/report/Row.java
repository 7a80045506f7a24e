package streamset.review.report;

/** Rows of the report's tables. */
public final class Row {
    private Row() {}

    /**
     * A setting that changes.
     *
     * @param by {@code reload} or {@code restart}
     * @param why it has the new value: the layer it comes from, and the reason
     */
    public record Setting(String name, String from, String to, String by, String why) {}

    /**
     * A budget.
     *
     * @param before the sum and what it must fit into; empty when it is not known
     * @param after the same afterwards
     */
    public record Budget(String name, String before, String after) {}

    /**
     * What all pods of the stack ask for together.
     *
     * @param after the same afterwards, and what stays claimed although no pod uses it any more
     * @param difference with its sign, or a word where nothing is freed
     */
    public record Resource(String name, String before, String after, String difference) {}

    /**
     * A place in which an object differs.
     *
     * @param object its kind and name
     * @param place in the object; empty for the whole of it
     * @param from what was there; empty for the whole object
     * @param to what is to be there, or what becomes of the whole object
     */
    public record Place(String object, String place, String from, String to) {}

    /**
     * How the stack stands to a rule.
     *
     * @param before {@code followed}, or {@code waived} with the reason, or {@code broken} with what is there
     * @param after the same afterwards
     */
    public record Rule(String name, String before, String after) {}
}

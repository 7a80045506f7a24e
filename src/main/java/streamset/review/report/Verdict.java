package streamset.review.report;

/** What an update does to a stack, in a word; the worst first. */
public enum Verdict {
    REFUSED("refused"),
    SECOND_APPROVAL("needs a second approval"),
    NOT_JUDGED("not judged"),
    TOPOLOGY("pods or roles change"),
    RESTART("restart"),
    RELOAD("reload"),
    OBJECTS("only objects change"),
    NOTHING("nothing changes");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** Whether a reader must see all of it at once. */
    boolean isUrgent() {
        return this == REFUSED || this == SECOND_APPROVAL;
    }

    @Override
    public String toString() {
        return words;
    }
}

package streamset.settings;

import java.util.Locale;

/** The layer that a value comes from; a later one overrules an earlier one, and nothing overrules what is fixed. */
public enum Origin {
    /** Follows from the stack. */
    COMPUTED,
    /** Stands in the author's postgresql.conf. */
    FILE,
    /** Is set in the stack's configuration. */
    PINNED,
    /** Is the program's alone. */
    FIXED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

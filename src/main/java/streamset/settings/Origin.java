package streamset.settings;

import java.util.Locale;

/** The layer that a value comes from; a later one overrides an earlier one, and nothing overrides a fixed value. */
public enum Origin {
    /** Follows from the stack. */
    COMPUTED,
    /** Is in the author's postgresql.conf. */
    FILE,
    /** Is set in the stack's configuration. */
    PINNED,
    /** Only the program sets it. */
    FIXED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

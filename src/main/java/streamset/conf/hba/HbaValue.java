package streamset.conf.hba;

/**
 * A word in the list of databases or users of a line.
 *
 * @param <T> the type itself
 */
interface HbaValue<T> {
    Match matches(HbaQuestion question);

    /** Whether it fits every connection that another one fits. */
    boolean covers(T other);

    /** Whether it fits a single name only, so that no other word but an equal one is covered. */
    boolean isName();
}

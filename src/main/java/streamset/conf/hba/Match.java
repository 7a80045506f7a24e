package streamset.conf.hba;

/** Whether a part of a line of pg_hba.conf fits a connection of which not everything is known. */
enum Match {
    NO,
    MAYBE,
    YES;

    /** Both must fit. */
    Match and(Match other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** One of them must fit. */
    Match or(Match other) {
        return compareTo(other) >= 0 ? this : other;
    }

    static Match of(boolean fits) {
        return fits ? YES : NO;
    }
}

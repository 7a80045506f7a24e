package streamset.faults;

/**
 * Something that happens to a cluster with an archive, or to the archive.
 *
 * @param what as the table names it
 * @param expected in words
 * @param action makes it happen, and waits until it is over; what was seen, in words
 * @param givesUpRows whether acknowledged rows go with a primary that is lost
 */
record BackupFault(String what, String expected, Action action, boolean givesUpRows) {
    interface Action {
        /** Fails where it is otherwise than expected. */
        String happen() throws Exception;
    }

    static BackupFault of(String what, String expected, Action action) {
        return new BackupFault(what, expected, action, false);
    }

    BackupFault givingUpRows() {
        return new BackupFault(what, expected, action, true);
    }
}

package streamset.faults;

import java.time.Instant;

/**
 * Something that happens to the cluster.
 *
 * @param what as the table names it
 * @param action makes it happen; the time from which the cluster could recover, and from which that is counted
 * @param check what must hold once the cluster is whole again, beyond what always must
 * @param mostMissing so many acknowledged rows may be missing afterwards: none, but for what only the lost primary had
 */
record Event(String what, Action action, Check check, int mostMissing) {
    interface Action {
        Instant happen() throws Exception;
    }

    interface Check {
        /** @param outcome what the event came to so far */
        void check(Outcome outcome) throws Exception;
    }

    static Event of(String what, Action action) {
        return new Event(what, action, outcome -> {}, 0);
    }

    Event then(Check check) {
        return new Event(what, action, check, mostMissing);
    }

    /** However many. */
    Event givingUpRows() {
        return missingAtMost(Integer.MAX_VALUE);
    }

    Event missingAtMost(int rows) {
        return new Event(what, action, check, rows);
    }

    /** The same where nothing may be missing. */
    Event losingNothing(String circumstances) {
        return new Event(circumstances + what, action, check, 0);
    }
}

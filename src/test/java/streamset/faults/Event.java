package streamset.faults;

import java.time.Instant;

/**
 * Something that happens to the cluster.
 *
 * @param what as the table names it
 * @param action makes it happen; the time from which the cluster could recover, and from which that is counted
 * @param check what must hold once the cluster is whole again, beyond what always must
 * @param givesUpRows whether acknowledged rows may be missing afterwards: only the operator's word allows that
 */
record Event(String what, Action action, Check check, boolean givesUpRows) {
    interface Action {
        Instant happen() throws Exception;
    }

    interface Check {
        /** @param outcome what the event came to so far */
        void check(Outcome outcome) throws Exception;
    }

    static Event of(String what, Action action) {
        return new Event(what, action, outcome -> {}, false);
    }

    Event then(Check check) {
        return new Event(what, action, check, givesUpRows);
    }

    Event givingUpRows() {
        return new Event(what, action, check, true);
    }
}

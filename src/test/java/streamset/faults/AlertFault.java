package streamset.faults;

import java.util.List;

/**
 * A fault by which alerts must fire, and what ends it.
 *
 * @param alerts all that it must bring; others may come too, as those about a server that cannot be reached
 * @param what as the table names it
 * @param make returns while the fault is there
 * @param mend is done whatever came of the fault
 */
record AlertFault(List<String> alerts, String what, Step make, Step mend) {
    interface Step {
        void happen() throws Exception;
    }
}

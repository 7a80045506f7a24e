package streamset.features;

import streamset.catalog.ParameterName;
import streamset.sizing.WalBudget;

/**
 * A parameter that cannot be overridden while a feature is declared, and whose value has a number that the budget of WAL says: how
 * many segments may wait for an archive.
 *
 * @param before what is in front of the number
 * @param after what is behind it
 */
public record QueueSetting(ParameterName name, String before, String after, String reason) implements Part {
    /** The value with this budget. */
    public String value(WalBudget wal) {
        return before + wal.queueSegments() + after;
    }
}

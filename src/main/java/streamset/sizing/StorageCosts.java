package streamset.sizing;

import streamset.config.Storage;

/**
 * What the planner and readers should assume about a volume.
 *
 * @param randomPage random_page_cost: reading any page compared with reading the next one
 * @param concurrency effective_io_concurrency and maintenance_io_concurrency: reads that the volume serves at a time
 */
public record StorageCosts(String randomPage, int concurrency) {
    private static final StorageCosts SSD = new StorageCosts("1.1", 200); // seeks cost nothing, queues are deep
    private static final StorageCosts HDD = new StorageCosts("4", 2); // PostgreSQL's cost; two heads at best

    public static StorageCosts of(Storage.Kind kind) {
        return kind == Storage.Kind.SSD ? SSD : HDD;
    }
}

package streamset.sizing;

/** The size of a hash table in shared memory: hash_estimate_size, src/backend/utils/hash/dynahash.c. */
final class SharedHash {
    private static final int HEADER = 16; // of an entry: HASHELEMENT
    private static final int WORD = 8; // to which entries are rounded, and the size of a pointer
    private static final int SEGMENT = 256; // buckets of one
    private static final int DIRECTORY = 256; // segments that it points to at the least
    private static final int LEAST_AT_ONCE = 32; // entries that are allocated together, as many as fit a power of two
    private static final int SMALLEST_ALLOCATION = 256; // bytes

    private SharedHash() {}

    /**
     * @param entries that it has room for
     * @param size of one, in bytes
     */
    static double bytes(long entries, int size) {
        long element = HEADER + (size + WORD - 1) / WORD * WORD;
        long buckets = powerOfTwo(entries);
        long segments = powerOfTwo((buckets - 1) / SEGMENT + 1);
        long directory = Math.max(DIRECTORY, segments);
        long atOnce = atOnce(element);
        double allocations = (double) ((entries - 1) / atOnce + 1);
        return (double) directory * WORD + (double) segments * SEGMENT * WORD + allocations * atOnce * element;
    }

    /** The smallest power of two that is not less. */
    static long powerOfTwo(long number) {
        long highest = Long.highestOneBit(Math.max(1, number));
        return highest < number ? highest * 2 : highest;
    }

    private static long atOnce(long element) {
        long bytes = SMALLEST_ALLOCATION;
        while (bytes / element < LEAST_AT_ONCE) {
            bytes *= 2;
        }
        return bytes / element;
    }
}

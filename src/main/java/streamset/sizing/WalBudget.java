package streamset.sizing;

import java.time.Duration;
import java.util.ArrayList;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * How the space for WAL is divided.
 *
 * <p>pg_wal is cut when a checkpoint ends. One begins when {@code max_wal_size / 1.9} of WAL has been written since the last
 * one (1 + checkpoint_completion_target) and should end within max_wal_size. With much to write it takes longer: in the worst
 * case all of shared_buffers, while about as much WAL is written, as long as the volume of the WAL is not faster than that of
 * the data. Hence the bound
 *
 * <pre>1.1 × (held + max(max_wal_size, max_wal_size / 1.9 + shared_buffers)) + 2 segments</pre>
 *
 * (two segments, because what is held begins and ends within one). Held are the same files for all who need them: what is kept for
 * standbys, or what may wait for an archive, if that is more. It holds only with a cap on what slots hold back, so there is
 * always one. Measured: see docs/measurements.md.
 *
 * @param segmentSize size of a WAL file
 * @param sharedBuffers shared_buffers, which a checkpoint may have to write out
 * @param keepSize wal_keep_size: WAL that is always kept for standbys that are away
 * @param slotKeepSize max_slot_wal_keep_size: the cap on what a replication slot holds back
 * @param maxSize max_wal_size: WAL between two checkpoints
 * @param minSize min_wal_size: recycled segments kept ready, half of maxSize: those until the next checkpoint begins, so that
 *     a burst after a quiet time need not create files first
 */
public record WalBudget(
        WalSpace space,
        ByteSize segmentSize,
        ByteSize sharedBuffers,
        ByteSize keepSize,
        ByteSize slotKeepSize,
        ByteSize maxSize,
        ByteSize minSize) {
    private static final int MARGIN_PERCENT = 10; // measured on a starved checkpointer: 6 %
    private static final int BORDER_SEGMENTS = 2;
    private static final int LEAST_MAX_SEGMENTS = 2; // PostgreSQL refuses a max_wal_size below two segments
    private static final ByteSize ROUNDING = ByteSize.ofMegabytes(3); // of the sum's terms to whole megabytes
    // with more, a crash recovery takes many minutes
    private static final ByteSize LARGEST_MAX_SIZE = ByteSize.ofMegabytes(16 * 1024);
    private static final ByteSize LARGEST_MIN_SIZE = ByteSize.ofMegabytes(2 * 1024); // only constant load writes more

    /**
     * Divides the space. By default, half of it is kept for standbys and half is for WAL between checkpoints; computed values
     * give way to what is set, down to one segment that is kept. A budget that does not fit is returned too, see {@link #fits()}.
     */
    public static WalBudget of(WalSpace space, ByteSize segmentSize, ByteSize sharedBuffers, Overrides overrides) {
        var usable = usable(space, segmentSize);
        var least = leastMax(segmentSize, overrides);
        var setMax = overrides.size(ParameterName.MAX_WAL_SIZE);
        var between = setMax.map(max -> cycle(max, sharedBuffers))
                .orElse(usable.scaled(1, 2).max(cycle(least, sharedBuffers)));
        var half = usable.minus(between).wholes(segmentSize).max(segmentSize);
        var keep = overrides
                .size(ParameterName.WAL_KEEP_SIZE)
                .or(() -> overrides.size(ParameterName.MAX_SLOT_WAL_KEEP_SIZE))
                .orElse(half);
        // a cap of less than a segment would drop every slot at once
        var slotKeep = overrides
                .size(ParameterName.MAX_SLOT_WAL_KEEP_SIZE)
                .orElse(keep.compareTo(segmentSize) < 0 ? half : keep);
        var max = setMax.orElse(largestMax(usable.minus(keep.max(slotKeep).max(space.queue())), sharedBuffers)
                .wholes(segmentSize)
                .min(LARGEST_MAX_SIZE)
                .max(least));
        var min = overrides
                .size(ParameterName.MIN_WAL_SIZE)
                .orElse(max.scaled(1, 2)
                        .min(LARGEST_MIN_SIZE)
                        .wholes(segmentSize)
                        .max(segmentSize.times(LEAST_MAX_SEGMENTS)));
        return new WalBudget(space, segmentSize, sharedBuffers, keep, slotKeep, max, min);
    }

    /**
     * The largest shared_buffers for which the WAL during a checkpoint that writes all of them still fits: half of what is not
     * kept for standbys.
     */
    public static ByteSize largestSharedBuffers(WalSpace space, ByteSize segmentSize, Overrides overrides) {
        var usable = usable(space, segmentSize);
        var keep = overrides.size(ParameterName.WAL_KEEP_SIZE).orElse(new ByteSize(0));
        var slotKeep = overrides.size(ParameterName.MAX_SLOT_WAL_KEEP_SIZE).orElse(keep);
        // with less than a segment, the cap on slots is computed as if nothing were said
        boolean set = overrides.has(ParameterName.MAX_SLOT_WAL_KEEP_SIZE)
                || overrides.has(ParameterName.WAL_KEEP_SIZE) && keep.compareTo(segmentSize) >= 0;
        var half = usable.scaled(1, 2);
        var held = (set ? keep.max(slotKeep) : half).max(space.queue());
        boolean kept = set || held.compareTo(half) > 0;
        var rest = usable.minus(held);
        return overrides
                .size(ParameterName.MAX_WAL_SIZE)
                .map(max -> rest.minus(untilCheckpoint(max)))
                .orElse(kept ? rest.scaled(1, 2).min(besideLeastMax(rest, segmentSize, overrides)) : rest.scaled(1, 2));
    }

    private static ByteSize besideLeastMax(ByteSize rest, ByteSize segmentSize, Overrides overrides) {
        return rest.minus(untilCheckpoint(leastMax(segmentSize, overrides)));
    }

    /** The least computed max_wal_size: it must not be below a min_wal_size that is set. */
    private static ByteSize leastMax(ByteSize segmentSize, Overrides overrides) {
        var least = segmentSize.times(LEAST_MAX_SEGMENTS);
        return overrides
                .size(ParameterName.MIN_WAL_SIZE)
                .map(min -> min.plus(segmentSize).minus(new ByteSize(1)).wholes(segmentSize))
                .map(least::max)
                .orElse(least);
    }

    private static ByteSize usable(WalSpace space, ByteSize segmentSize) {
        return space.size()
                .minus(segmentSize.times(BORDER_SEGMENTS))
                .minus(ROUNDING)
                .scaled(100, 100 + MARGIN_PERCENT);
    }

    /** WAL from the end of one checkpoint to the end of the next. */
    private static ByteSize cycle(ByteSize max, ByteSize sharedBuffers) {
        return max.max(untilCheckpoint(max).plus(sharedBuffers));
    }

    private static ByteSize untilCheckpoint(ByteSize max) {
        return max.scaled(10, 19);
    }

    /** The max_wal_size whose cycle fills this size. */
    private static ByteSize largestMax(ByteSize size, ByteSize sharedBuffers) {
        var withBuffers = size.minus(sharedBuffers).scaled(19, 10);
        return withBuffers.min(size);
    }

    /** How far standbys can be behind before they must clone again. */
    public ByteSize kept() {
        return keepSize.max(slotKeepSize);
    }

    /** What a checkpoint leaves in any case: what is kept for standbys, or waits for the archive. */
    private ByteSize held() {
        return kept().max(space.queue());
    }

    /** How many finished segments may wait for an archive; one at least, or none would be archived. */
    public long queueSegments() {
        return Math.max(1, held().bytes() / segmentSize.bytes());
    }

    /** The sum with the maximum of pg_wal as its result. */
    public Sum sum() {
        var terms = new ArrayList<Sum.Term>();
        terms.add(
                held().equals(kept())
                        ? Sum.Term.of(kept().bytes(), "kept for standbys")
                        : Sum.Term.of(held().bytes(), "waiting for the archive"));
        var cycle = cycle(maxSize, sharedBuffers);
        if (cycle.equals(maxSize)) {
            terms.add(Sum.Term.of(maxSize.bytes(), "max_wal_size, between two checkpoints"));
        } else {
            terms.add(Sum.Term.of(
                    untilCheckpoint(maxSize).bytes(),
                    "until a checkpoint begins: max_wal_size of " + maxSize.postgres() + " / 1.9"));
            terms.add(Sum.Term.of(sharedBuffers.bytes(), "while it writes out all of shared_buffers"));
        }
        terms.add(
                Sum.Term.of(held().plus(cycle).scaled(MARGIN_PERCENT, 100).bytes(), MARGIN_PERCENT + " % for bursts"));
        terms.add(Sum.Term.of(segmentSize.times(BORDER_SEGMENTS).bytes(), "two segments, at the borders"));
        return new Sum(terms);
    }

    /** What the sum comes to, and what it must fit into. */
    public String result() {
        return "the most that pg_wal grows to, of " + space.size().megabytes() + " MB = " + space.words();
    }

    /** In one line: the kept WAL, how long it lasts, and the maximum of pg_wal. */
    public String words() {
        return kept() + " kept, which lasts " + lasting() + "; pg_wal grows to at most " + bound() + " of "
                + space.size() + " (" + space.words() + ")";
    }

    /** How long a standby can be away, at two rates of writing. */
    public String lasting() {
        return lasting(kept());
    }

    /** How long an archive can be away, at these rates. */
    public String queueLasting() {
        return lasting(segmentSize.scaled((int) queueSegments(), 1));
    }

    private static String lasting(ByteSize size) {
        return lasts(size, 1) + " at 1 MB/s of WAL, " + lasts(size, 10) + " at 10 MB/s";
    }

    private static String lasts(ByteSize size, int megabytesPerSecond) {
        return Durations.words(Duration.ofSeconds(size.megabytes() / megabytesPerSecond));
    }

    /** The most that pg_wal grows to. */
    public ByteSize bound() {
        return sum().total();
    }

    public boolean fits() {
        return bound().compareTo(space.size()) <= 0;
    }

    /** Whether half of the space is kept for standbys, as it is unless it gives way to something that is set. */
    public boolean keepsHalf() {
        return keepSize.plus(segmentSize).compareTo(usable(space, segmentSize).scaled(1, 2)) > 0;
    }

    /** A server with a smaller file system must not run with these settings: its volume has not grown yet. */
    public ByteSize smallestFileSystem() {
        return space.smallestFileSystem(bound());
    }
}

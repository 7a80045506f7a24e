package streamset.sizing;

import streamset.config.StackConfig;
import streamset.pod.VolumeKind;
import streamset.units.ByteSize;

/**
 * The space that pg_wal may fill.
 *
 * @param kind the kind of its volume
 * @param volume the size of that volume
 * @param percent the share of the volume that it may fill
 * @param queue WAL that may wait there for an archive; where nothing is said of it, no more waits than is kept for standbys
 */
public record WalSpace(VolumeKind kind, ByteSize volume, int percent, ByteSize queue) {
    // the file system itself uses the rest: measured on ext4 as Kubernetes creates it, 12 % of 256 MiB, 7 % of 512 MiB,
    // 3 % of 10 GiB; with 5 % reserved for root, 12 % of 512 MiB
    private static final int FILE_SYSTEM_PERCENT = 85;

    /** With no more waiting for an archive than is kept anyway. */
    public WalSpace(VolumeKind kind, ByteSize volume, int percent) {
        this(kind, volume, percent, new ByteSize(0));
    }

    /** The share of the data volume that a stack leaves to WAL. */
    public static WalSpace onData(StackConfig config) {
        return new WalSpace(
                VolumeKind.DATA, config.storage().size(), config.wal().sharePercent());
    }

    /** All of a volume that has nothing else on it. */
    public static WalSpace whole(VolumeKind kind, ByteSize volume) {
        return new WalSpace(kind, volume, FILE_SYSTEM_PERCENT);
    }

    /** Whether the data are on another volume. */
    boolean apart() {
        return !kind.equals(VolumeKind.DATA);
    }

    public ByteSize size() {
        return volume.scaled(percent, 100);
    }

    /** The same space, where so much WAL may wait for an archive. */
    public WalSpace withQueue(ByteSize waiting) {
        return new WalSpace(kind, volume, percent, waiting);
    }

    /** The same share of a volume of another size. */
    WalSpace of(ByteSize size) {
        return new WalSpace(kind, size, percent, queue);
    }

    /** The smallest volume in whole MiB whose share has room for a size. */
    private ByteSize smallestVolume(ByteSize size) {
        long megabytes = size.scaled(100, percent).megabytes();
        while (ByteSize.ofMegabytes(megabytes).scaled(percent, 100).compareTo(size) < 0) {
            megabytes++; // rounding has cut it off
        }
        return ByteSize.ofMegabytes(megabytes);
    }

    /** The least size of a file system on the smallest volume whose share has room for a size. */
    ByteSize smallestFileSystem(ByteSize size) {
        return smallestVolume(size).scaled(FILE_SYSTEM_PERCENT, 100);
    }

    /** {@code 20 % of the data volume of 2Gi}. */
    public String words() {
        return percent + " % of the " + kind.content() + " volume of " + volume.quantity();
    }

    /** The key that sets the size of the volume. */
    public String key() {
        return kind.sizeKey();
    }
}

package streamset.sizing;

import streamset.config.StackConfig;
import streamset.units.ByteSize;

/**
 * What pg_wal may fill.
 *
 * @param volume the volume that it lies on
 * @param percent of that volume
 * @param own whether the volume is for WAL alone
 */
public record WalSpace(ByteSize volume, int percent, boolean own) {
    // the rest is the file system's own: measured on ext4 as Kubernetes makes it, 12 % of 256 MiB, 7 % of 512 MiB,
    // 3 % of 10 GiB; where 5 % are reserved for root, 12 % of 512 MiB
    private static final int FILE_SYSTEM_PERCENT = 85;

    public static WalSpace of(StackConfig config) {
        return config.wal()
                .volume()
                .map(volume -> new WalSpace(volume.size(), FILE_SYSTEM_PERCENT, true))
                .orElseGet(
                        () -> new WalSpace(config.storage().size(), config.wal().sharePercent(), false));
    }

    public ByteSize size() {
        return volume.scaled(percent, 100);
    }

    /** The smallest volume in whole MiB of which the share holds a size. */
    ByteSize smallestVolume(ByteSize size) {
        long megabytes = size.scaled(100, percent).megabytes();
        while (ByteSize.ofMegabytes(megabytes).scaled(percent, 100).compareTo(size) < 0) {
            megabytes++; // what rounding has cut off
        }
        return ByteSize.ofMegabytes(megabytes);
    }

    /** The least that a file system has on the smallest volume of which the share holds a size. */
    ByteSize smallestFileSystem(ByteSize size) {
        return smallestVolume(size).scaled(FILE_SYSTEM_PERCENT, 100);
    }

    /** {@code 20 % of the data volume of 2Gi}. */
    public String words() {
        return percent + " % of the " + (own ? "WAL" : "data") + " volume of " + volume.quantity();
    }

    /** The key that sets the size of the volume. */
    public String key() {
        return own ? "wal.volume.size" : "storage.size";
    }
}

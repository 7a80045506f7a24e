package streamset.config;

import java.util.Locale;
import java.util.Optional;
import streamset.units.ByteSize;
import streamset.units.LikelyAmount;

/**
 * The data volume of each pod.
 *
 * @param className the StorageClass; empty for the cluster's default
 * @param kind the kind of storage, for the planner
 */
public record Storage(ByteSize size, Optional<String> className, Kind kind) {
    /** The kind of storage of a volume. */
    public enum Kind {
        /** Flash: random reads cost little more than sequential ones. */
        SSD,
        /** Spinning disks. */
        HDD
    }

    private static final ByteSize DEFAULT_SIZE = ByteSize.ofMegabytes(10 * 1024);

    /** Reads the object {@code streamset:storage}. */
    static Storage read(Section fields) {
        return new Storage(
                fields.value("size", ByteSize::parseQuantity, DEFAULT_SIZE, "10Gi", LikelyAmount::quantity),
                className(fields),
                fields.value(
                        "kind", Storage::kind, Kind.SSD, "ssd", text -> Optional.of(text.toLowerCase(Locale.ROOT))));
    }

    /** The StorageClass in an object that describes a volume. */
    public static Optional<String> className(Section fields) {
        return fields.value(
                "className",
                text -> Optional.of(KubernetesName.subdomain(text)),
                Optional.<String>empty(),
                "standard",
                KubernetesName::likely);
    }

    private static Kind kind(String text) {
        return switch (text) {
            case "ssd" -> Kind.SSD;
            case "hdd" -> Kind.HDD;
            default -> throw new IllegalArgumentException("must be ssd or hdd");
        };
    }
}

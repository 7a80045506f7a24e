package streamset.settings;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.config.StackConfig;
import streamset.problems.Problems;
import streamset.sizing.ReplicationSlots;
import streamset.sizing.WalSenders;
import streamset.units.ByteSize;

/**
 * The least values that no layer may go below: a lower value is refused, never changed silently.
 *
 * @param taken the written settings that the servers accept
 */
record Floors(WrittenSettings taken, StackConfig config, Problems problems) {
    private static final int LEAST_SEGMENTS = 2; // of max_wal_size and min_wal_size: PostgreSQL's limit

    void check() {
        var senders = WalSenders.of(config.replicas());
        var slots = ReplicationSlots.of(config.replicas());
        var pods = "with " + config.replicas() + " pods ";
        number(
                ParameterName.MAX_WAL_SENDERS,
                senders.floor(),
                pods + "every standby streams through one and all can clone at once, two each",
                senders.computed());
        number(ParameterName.MAX_REPLICATION_SLOTS, slots.floor(), pods + "every standby has one", slots.computed());
        slotCap();
        segments();
        if (config.failover().automatic()) {
            PatroniParameters.LEAST.forEach(this::ofPatroni);
        }
        check(
                ParameterName.WAL_LEVEL,
                value -> value.canonical().equals("minimal"),
                "must be replica or logical: with less, WAL does not contain enough for standbys",
                "");
        if (config.replicas() > 1) {
            check(
                    ParameterName.HOT_STANDBY,
                    value -> value.canonical().equals("off"),
                    "must be on: otherwise a standby accepts no connections and never becomes ready",
                    "");
        }
    }

    private void number(ParameterName name, int floor, String reason, int computed) {
        check(
                name,
                value -> value.number() < floor,
                "must be at least " + floor + ": " + reason,
                "   (then " + computed + " is computed)");
    }

    private void ofPatroni(ParameterName name, long least) {
        check(
                name,
                value -> value.number() < least,
                "must be at least " + words(name, least) + " with failover automatic: below that Patroni passes the"
                        + " server's default instead, without an error",
                "");
    }

    private String words(ParameterName name, long least) {
        return taken.get(name).filter(written -> written.setting().isSize()).isPresent()
                ? new ByteSize(least).postgres()
                : Long.toString(least);
    }

    private void slotCap() {
        var segment = config.wal().segmentSize();
        check(
                ParameterName.MAX_SLOT_WAL_KEEP_SIZE,
                value -> value.number() < 0,
                "must have a cap: without one a single dead slot fills the volume",
                "   (then it is computed)");
        check(
                ParameterName.MAX_SLOT_WAL_KEEP_SIZE,
                value -> value.number() >= 0 && value.number() < segment.bytes(),
                "must be at least one segment of WAL (" + segment.postgres()
                        + "): with less every slot is dropped at once",
                "   (then it is computed)");
    }

    private void segments() {
        var least = leastSize();
        belowSegments()
                .forEach(size -> problems.add(
                        size.subject(),
                        size.shown(),
                        "must be at least two segments of WAL (" + least + "): the server does not start with less",
                        size.replacement(least)));
    }

    /** The settings with the sizes that the fixes set. */
    WrittenSettings corrected(WrittenSettings left) {
        var corrected = left;
        for (var size : belowSegments()) {
            corrected = corrected.with(size.as(size.name(), leastSize(), taken.catalog()));
        }
        return corrected;
    }

    private List<WrittenSetting> belowSegments() {
        return Stream.of(ParameterName.MAX_WAL_SIZE, ParameterName.MIN_WAL_SIZE)
                .flatMap(name -> taken.get(name).stream())
                .filter(size -> size.number()
                        < config.wal().segmentSize().times(LEAST_SEGMENTS).bytes())
                .toList();
    }

    private String leastSize() {
        return config.wal().segmentSize().times(LEAST_SEGMENTS).postgres();
    }

    private void check(ParameterName name, Predicate<Setting> below, String reason, String consequence) {
        taken.get(name)
                .filter(written -> below.test(written.setting()))
                .ifPresent(written ->
                        problems.add(written.subject(), written.shown(), reason, written.removal() + consequence));
    }
}

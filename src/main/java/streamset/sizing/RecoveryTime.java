package streamset.sizing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import streamset.units.ByteSize;
import streamset.units.Cpu;

/**
 * How long it takes at most to restore a cluster from its archive, until its primary can be used: the base backup, which is no larger than
 * the volume of the data, and all WAL until the next one. It is an estimate: the rates were measured on one machine, and less processor time
 * is taken to be slower by as much.
 *
 * @param data as much as the volume has room for
 * @param cpu of the pod that restores
 * @param wal between two base backups; empty where nobody says how much is written
 */
public record RecoveryTime(ByteSize data, Cpu cpu, Optional<Wal> wal) {
    // docs/measurements.md, "Backups": encrypted and compressed, from a store on the same machine
    private static final Cpu MEASURED_ON = new Cpu(2000);
    private static final ByteSize RESTORED_PER_SECOND = ByteSize.ofMegabytes(190);
    private static final ByteSize RECOVERED_PER_SECOND = ByteSize.ofMegabytes(45);

    /**
     * What is written from a base backup to the next one.
     *
     * @param perSecond streamset:wal.writeRate
     * @param pause the longest of the schedules
     */
    public record Wal(ByteSize perSecond, Duration pause) {
        private double bytes() {
            return (double) perSecond.bytes() * pause.toSeconds();
        }
    }

    private record Term(long seconds, String what) {}

    /** One term a line; the result below, where all terms are known. */
    public String text() {
        var terms = new ArrayList<Term>();
        terms.add(term(
                data.bytes(),
                RESTORED_PER_SECOND,
                "a base backup of " + data + ", all that the data volume has room for"));
        terms.add(wal.map(this::ofAll).orElseGet(this::ofOneGigabyte));
        return lines(terms, wal.isPresent());
    }

    /** What the rates are taken from. */
    public String words() {
        return RESTORED_PER_SECOND + " and " + RECOVERED_PER_SECOND + " a second were measured with "
                + MEASURED_ON.quantity() + " CPU, and these pods have " + cpu.quantity();
    }

    private Term ofAll(Wal wal) {
        return term(
                wal.bytes(),
                RECOVERED_PER_SECOND,
                "WAL of " + Durations.words(wal.pause()) + ", the longest between two base backups, of "
                        + wal.perSecond() + " a second (streamset:wal.writeRate)");
    }

    private Term ofOneGigabyte() {
        var gigabyte = ByteSize.ofMegabytes(1024);
        return term(gigabyte.bytes(), RECOVERED_PER_SECOND, "each " + gigabyte + " of WAL since then");
    }

    private Term term(double bytes, ByteSize perSecond, String what) {
        double rate = perSecond.bytes() * Math.min(1, (double) cpu.millicores() / MEASURED_ON.millicores());
        return new Term((long) Math.ceil(bytes / rate), what);
    }

    private static String lines(List<Term> terms, boolean complete) {
        long total = terms.stream().mapToLong(Term::seconds).sum();
        var shown = new ArrayList<>(terms);
        if (complete) {
            shown.add(new Term(
                    total, "= " + Durations.words(Duration.ofSeconds(total)) + " until the primary can be used"));
        }
        int width = Long.toString(total).length();
        return shown.stream()
                .map(term -> String.format("%" + width + "d s  %s", term.seconds(), term.what()))
                .collect(Collectors.joining("\n"));
    }
}

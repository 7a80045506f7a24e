package streamset.node;

import java.util.List;
import streamset.features.Archive;
import streamset.sizing.Sum;
import streamset.units.ByteSize;

/**
 * What a container may fill of its node's disk, beside the pod's volumes. The kubelet evicts a pod that fills more, so nothing
 * comes near these limits unless it has gone wrong; they keep the other pods of the node from that.
 *
 * @param request what the scheduler sets aside: what containers usually have there
 * @param limit the sum of all that they may have
 */
public record Scratch(ByteSize request, Sum limit) {
    /** The conf files that the server reads, and those that come next: of each four copies of at most 1 MB. */
    static final ByteSize CONF = ByteSize.ofMegabytes(16);

    /** Sockets, and files by which the processes of a pod communicate; perhaps the statistics of PostgreSQL 14. */
    static final ByteSize RUN = ByteSize.ofMegabytes(64);

    /** Answers of servers and programs, lists of pg_rewind; perhaps the statistics of PostgreSQL 14. */
    static final ByteSize TMP = ByteSize.ofMegabytes(256);

    private static final ByteSize USUAL = ByteSize.ofMegabytes(128);
    private static final ByteSize USUAL_OF_A_JOB = ByteSize.ofMegabytes(64);
    private static final ByteSize USUAL_OF_AN_EXPORTER = ByteSize.ofMegabytes(16);
    private static final ByteSize LOGS = ByteSize.ofMegabytes(50); // five files of 10 MB, the default of the kubelet
    // the kubelet looks every 10 s, and a server with log_statement = all can write 60 MB in a second
    private static final ByteSize BURST = ByteSize.ofMegabytes(638);
    private static final ByteSize EMPTY_CLUSTER =
            ByteSize.ofMegabytes(64); // of initdb, without WAL: 23 MB (14) … 40 MB (18)
    private static final int CLUSTERS = 2; // its own, and the one that tries a certificate
    private static final int SEGMENTS = 3; // that a server without load has: its own, the next one, one in reserve

    /** That of each container of a server pod. */
    public static Scratch ofServer() {
        return new Scratch(
                USUAL,
                new Sum(List.of(
                        new Sum.Term(LOGS, "logs that the kubelet keeps"),
                        new Sum.Term(BURST, "logs until it looks again"),
                        new Sum.Term(CONF, "copies of the conf files"),
                        new Sum.Term(RUN, "sockets, and files beside them"),
                        new Sum.Term(TMP, "temporary files"))));
    }

    /** That of a Job which queries servers. */
    public static Scratch ofJob() {
        return new Scratch(
                USUAL_OF_A_JOB,
                new Sum(List.of(
                        new Sum.Term(LOGS, "logs that the kubelet keeps"), new Sum.Term(TMP, "temporary files"))));
    }

    /** That of the exporter of metrics, which writes no file. */
    public static Scratch ofExporter() {
        return new Scratch(USUAL_OF_AN_EXPORTER, new Sum(List.of(new Sum.Term(LOGS, "logs that the kubelet keeps"))));
    }

    /** That of the container that archives, with what it shares with the server. */
    public static Scratch ofArchiver(ByteSize segment) {
        return new Scratch(
                USUAL_OF_A_JOB,
                new Sum(List.of(
                        new Sum.Term(LOGS, "logs that the kubelet keeps"),
                        new Sum.Term(Archive.spool(segment), "files that are handed over"),
                        new Sum.Term(TMP, "temporary files"))));
    }

    /** That of the Job that runs a server of its own. */
    public static Scratch ofCheck(ByteSize segment) {
        return new Scratch(
                USUAL_OF_A_JOB.plus(dataOfCheck(segment)),
                new Sum(List.of(
                        new Sum.Term(LOGS, "logs that the kubelet keeps"),
                        new Sum.Term(RUN, "sockets, and files beside them"),
                        new Sum.Term(TMP, "temporary files"),
                        new Sum.Term(dataOfCheck(segment), "empty databases with their WAL"))));
    }

    /** The data of that server. */
    static ByteSize dataOfCheck(ByteSize segment) {
        return EMPTY_CLUSTER.times(CLUSTERS).plus(segment.times(SEGMENTS));
    }
}

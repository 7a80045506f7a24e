package streamset.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import streamset.config.StackDraft;
import streamset.kubernetes.DeclaredStack;

/**
 * The three clients that write all the time.
 *
 * @param kept one connection for all rows
 * @param fresh one for each row
 * @param service one for all rows, through the Service for writing alone
 */
record Clients(Writer kept, Writer fresh, Writer service) implements AutoCloseable {
    /** @param folder for what they say */
    static Clients start(String namespace, int replicas, String password, Path folder) {
        var several = readWriteJdbc(namespace, replicas);
        return new Clients(
                Writer.start("kept", several, password, folder),
                Writer.start("fresh", several, password, folder),
                Writer.start("service", serviceJdbc(namespace), password, folder));
    }

    /** The stack's output. Of the program itself, so that no engine is needed. */
    private static String readWriteJdbc(String namespace, int replicas) {
        var draft = StackDraft.minimal().with("namespace", namespace).with("replicas", Integer.toString(replicas));
        return DeclaredStack.of(draft).outputs().get("readWriteJdbc").toString();
    }

    /**
     * What an application uses that cannot name several hosts. That client keeps its connection: a second one that connects for
     * each row would take all CPU of the primary's pod.
     */
    private static String serviceJdbc(String namespace) {
        return "jdbc:postgresql://postgresql-primary." + namespace + ".svc.cluster.local:5432/postgres?user=postgres";
    }

    List<Writer> all() {
        return List.of(kept, fresh, service);
    }

    /** Waits until all have a row that was sent after now. */
    void awaitRows(Duration limit) {
        all().forEach(writer -> writer.awaitRow(limit));
    }

    @Override
    public void close() {
        all().forEach(Writer::close);
    }
}

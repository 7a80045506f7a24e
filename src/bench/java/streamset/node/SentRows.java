package streamset.node;

import java.util.BitSet;

/** The numbered rows that clients have sent, and which of them the server has acknowledged. */
final class SentRows {
    private final BitSet sent = new BitSet();
    private final BitSet acknowledged = new BitSet();

    /** The number of the next row, which counts as sent from now on. */
    synchronized int send() {
        int id = sent.length() + 1;
        sent.set(id);
        return id;
    }

    synchronized void acknowledge(int id) {
        acknowledged.set(id);
    }

    synchronized BitSet sent() {
        return (BitSet) sent.clone();
    }

    synchronized BitSet acknowledged() {
        return (BitSet) acknowledged.clone();
    }

    /** While nothing is on its way: a client that got no answer looks whether its row is there. */
    synchronized void settle(BitSet present) {
        sent.and(present);
        acknowledged.or(sent);
    }
}

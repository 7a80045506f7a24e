package streamset.conf.hba;

import java.util.List;
import java.util.Locale;

/** The client addresses that a line matches. */
sealed interface HbaAddress {
    /** Whether only connections from the server's own pod match. */
    boolean isWithinPod();

    /** Anything other than an address or a name. */
    enum Keyword implements HbaAddress {
        /** Any address. */
        ALL,
        /** Any address of the server's own pod. */
        SAMEHOST,
        /** Any address in a network to which the server's own pod has an interface. */
        SAMENET,
        /** The pods of the StatefulSet, by their names. */
        PODS;

        boolean isMeantBy(HbaToken token) {
            return this == PODS ? token.text().equals(HbaLine.PODS) : token.isKeyword(name().toLowerCase(Locale.ROOT));
        }

        @Override
        public boolean isWithinPod() {
            return this == SAMEHOST;
        }
    }

    /**
     * The addresses that equal this one in all bits of the mask.
     *
     * @param mask of the same family; PostgreSQL accepts any, even with gaps
     */
    record Network(IpAddress address, IpAddress mask) implements HbaAddress {
        /** The networks of the loopback interface, of which every pod has its own. */
        private static final List<Network> LOOPBACK = List.of(
                of(new IpAddress(IpAddress.Family.IPV4, 0, 0x7f00_0000L), 8),
                of(new IpAddress(IpAddress.Family.IPV6, 0, 1), 128));

        static Network of(IpAddress address, int length) {
            return new Network(address, IpAddress.mask(address.family(), length));
        }

        @Override
        public boolean isWithinPod() {
            return LOOPBACK.stream().anyMatch(loopback -> loopback.covers(this));
        }

        private boolean covers(Network other) {
            return mask.family() == other.mask.family()
                    && mask.and(other.mask).equals(mask)
                    && other.address.and(mask).equals(address);
        }
    }

    /**
     * A name that the DNS must return for the client's address, and vice versa; with a leading dot, the end of such a
     * name.
     */
    record HostName(String name) implements HbaAddress {
        private static final String LOCALHOST = "localhost"; // in the /etc/hosts of every pod, only for loopback

        @Override
        public boolean isWithinPod() {
            return name.equalsIgnoreCase(LOCALHOST);
        }
    }
}

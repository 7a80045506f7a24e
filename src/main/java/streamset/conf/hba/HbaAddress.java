package streamset.conf.hba;

import java.util.List;
import java.util.Locale;

/** From where a line lets connections come. */
sealed interface HbaAddress {
    /** Whether nobody outside the server's own pod can come from there. */
    boolean isWithinPod();

    /** What is neither an address nor a name. */
    enum Keyword implements HbaAddress {
        /** Everywhere. */
        ALL,
        /** Any address of the server's own pod. */
        SAMEHOST,
        /** Any address in a network to which the server's own pod has an interface. */
        SAMENET,
        /** The pods of the StatefulSet, each by its name. */
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
     * The addresses that agree with one of them wherever the mask has a bit.
     *
     * @param mask of the same family; PostgreSQL takes any, also one with gaps
     */
    record Network(IpAddress address, IpAddress mask) implements HbaAddress {
        /** The networks of the loopback interface, which every pod has for itself. */
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
     * A name that the DNS must give for the client's address, and the other way round; with a dot in front, the end of
     * such a name.
     */
    record HostName(String name) implements HbaAddress {
        private static final String LOCALHOST = "localhost"; // in the /etc/hosts of every pod, for loopback alone

        @Override
        public boolean isWithinPod() {
            return name.equalsIgnoreCase(LOCALHOST);
        }
    }
}

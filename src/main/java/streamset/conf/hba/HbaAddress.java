package streamset.conf.hba;

import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** From where a line lets connections come. */
sealed interface HbaAddress {
    Match matches(HbaClient client);

    /** Whether it fits every client that another one fits. */
    boolean covers(HbaAddress other);

    /** What is no host name. */
    enum Keyword implements HbaAddress {
        /** Everywhere. */
        ALL,
        /** Any address of the server's own pod. */
        SAMEHOST,
        /**
         * Any address in a network to which the server's own pod has an interface, loopback included. Counts as fitting
         * the other pods: that is so where the pods of all nodes share one network.
         */
        SAMENET,
        /** The pods of the StatefulSet, each by its name. */
        PODS;

        boolean isMeantBy(HbaToken token) {
            return this == PODS ? token.text().equals(HbaLine.PODS) : token.isKeyword(name().toLowerCase(Locale.ROOT));
        }

        @Override
        public Match matches(HbaClient client) {
            if (this == ALL) {
                return Match.YES;
            }
            if (client instanceof HbaClient.Address known) {
                var address = IpNetwork.of(known.ip());
                if (!address.isLoopback()) {
                    return Match.MAYBE; // it can be the server's own, or a neighbour's
                }
                return Match.of(this == SAMENET || this == SAMEHOST && address.isLocalhost());
            }
            return Match.of(this == SAMENET || this == PODS && client instanceof HbaClient.Pod);
        }

        @Override
        public boolean covers(HbaAddress other) {
            return switch (this) {
                case ALL -> true;
                case SAMENET ->
                    other == SAMENET
                            || other == SAMEHOST
                            || other instanceof Network network
                                    && network.network().isLoopback();
                case SAMEHOST ->
                    other == SAMEHOST
                            || other instanceof Network network
                                    && network.network().isLocalhost();
                case PODS -> other == PODS;
            };
        }
    }

    /** An address with a mask. */
    record Network(IpNetwork network) implements HbaAddress {
        @Override
        public Match matches(HbaClient client) {
            if (client instanceof HbaClient.Address known) {
                return Match.of(network.covers(IpNetwork.of(known.ip())));
            }
            var family = client instanceof HbaClient.Pod pod ? pod.family() : ((HbaClient.UnnamedPod) client).family();
            if (network.mask().family() != family || network.isLoopback()) {
                return Match.NO;
            }
            return network.isWhole() ? Match.YES : Match.MAYBE;
        }

        @Override
        public boolean covers(HbaAddress other) {
            return other instanceof Network narrower && network.covers(narrower.network());
        }
    }

    /**
     * A name that the DNS must give for the client's address, and the other way round; with a dot in front, the end of
     * such a name. Upper and lower case are the same.
     */
    record HostName(String name) implements HbaAddress {
        private static final String LOCALHOST = "localhost"; // in the /etc/hosts of every pod, for loopback alone
        private static final int DNS_NAME_LIMIT = 253; // characters; RFC 1123

        public HostName {
            name = name.toLowerCase(Locale.ROOT);
        }

        @Override
        public Match matches(HbaClient client) {
            if (client instanceof HbaClient.Pod pod) {
                return Match.of(covers(new HostName(pod.host())));
            }
            return Match.MAYBE;
        }

        boolean isLocalhost() {
            return name.equals(LOCALHOST);
        }

        /** What, with a dot in front, is an end of it. */
        Stream<String> suffixes() {
            return name.length() > DNS_NAME_LIMIT
                    ? Stream.of()
                    : IntStream.range(0, name.length())
                            .filter(i -> name.charAt(i) == '.')
                            .mapToObj(name::substring);
        }

        @Override
        public boolean covers(HbaAddress other) {
            return other instanceof HostName narrower
                    && (narrower.name.equals(name) || name.startsWith(".") && narrower.name.endsWith(name));
        }
    }

    /** Whether nobody outside the server's own pod can come from there. */
    default boolean isWithinPod() {
        return Keyword.SAMEHOST.equals(this)
                || this instanceof Network network && network.network().isLoopback()
                || this instanceof HostName host && host.isLocalhost();
    }
}

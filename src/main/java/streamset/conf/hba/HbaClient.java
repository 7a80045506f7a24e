package streamset.conf.hba;

/** Where a connection comes from, as far as that is known before anything runs. */
sealed interface HbaClient {
    /** A process in the server's own pod, through the socket. */
    record Socket() implements HbaClient {}

    /** A known address. */
    record Address(IpAddress ip) implements HbaClient {}

    /**
     * Another pod of the StatefulSet: its address is not known, its name in the DNS is.
     *
     * @param host the name that the DNS gives for its address, and the other way round
     */
    record Pod(String host, IpAddress.Family family) implements HbaClient {}

    /** A pod with neither a known address nor a name of its own, such as a Job's. */
    record UnnamedPod(IpAddress.Family family) implements HbaClient {}
}

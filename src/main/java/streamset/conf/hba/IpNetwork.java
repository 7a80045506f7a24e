package streamset.conf.hba;

import java.util.List;

/**
 * The addresses that agree with one of them wherever the mask has a bit.
 *
 * @param address with the bits of the mask only
 * @param mask of the same family; PostgreSQL takes any, also one with gaps
 */
record IpNetwork(IpAddress address, IpAddress mask) {
    private static final IpAddress LOCALHOST = new IpAddress(IpAddress.Family.IPV4, 0, 0x7f00_0001L);
    private static final IpAddress LOCALHOST_6 = new IpAddress(IpAddress.Family.IPV6, 0, 1);

    /** The networks of the loopback interface, which every pod has for itself. */
    private static final List<IpNetwork> LOOPBACK = List.of(of(LOCALHOST, 8), of(LOCALHOST_6, 128));

    IpNetwork {
        address = address.and(mask);
    }

    static IpNetwork of(IpAddress address, int length) {
        return new IpNetwork(address, IpAddress.mask(address.family(), length));
    }

    static IpNetwork of(IpAddress address) {
        return of(address, address.family().bits());
    }

    /** Whether it has every address that another one has. */
    boolean covers(IpNetwork other) {
        return mask.family() == other.mask.family()
                && mask.and(other.mask).equals(mask)
                && other.address.and(mask).equals(address);
    }

    /** Whether it has every address of its family. */
    boolean isWhole() {
        return mask.equals(IpAddress.mask(mask.family(), 0));
    }

    /** Whether no other machine can have any of its addresses. */
    boolean isLoopback() {
        return LOOPBACK.stream().anyMatch(loopback -> loopback.covers(this));
    }

    /** Whether it is the single address of the loopback interface itself. */
    boolean isLocalhost() {
        return equals(of(LOCALHOST)) || equals(of(LOCALHOST_6));
    }
}

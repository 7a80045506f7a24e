package streamset.features;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses in the notation of CIDR.
 *
 * @param address any address of it, as a number
 * @param length how many bits an address has: 32 or 128
 * @param bits how many of them, from the first on, all addresses of the range have in common
 */
public record AddressRange(BigInteger address, int length, int bits) {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern OF_IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}/(3[0-2]|[12]?[0-9])");
    // an address with a colon is never looked up
    private static final Pattern OF_IPV6 =
            Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9])");

    /** Empty for any other text. */
    public static Optional<AddressRange> of(String text) {
        boolean six = OF_IPV6.matcher(text).matches();
        if (!six && !OF_IPV4.matcher(text).matches()) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        try {
            var bytes = InetAddress.getByName(text.substring(0, slash)).getAddress();
            return Optional.of(new AddressRange(
                    new BigInteger(1, bytes), bytes.length * Byte.SIZE, Integer.parseInt(text.substring(slash + 1))));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether it is all addresses of its kind. */
    public boolean isAll() {
        return bits == 0;
    }

    /** Whether another one is a part of it, and not all of it. */
    public boolean contains(AddressRange part) {
        int others = length - bits;
        return part.length == length
                && part.bits > bits
                && address.shiftRight(others).equals(part.address.shiftRight(others));
    }
}

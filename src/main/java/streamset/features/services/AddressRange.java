package streamset.features.services;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Ranges of addresses in the notation of CIDR. */
final class AddressRange {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern OF_IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}/(3[0-2]|[12]?[0-9])");
    // an address with a colon is never looked up
    private static final Pattern OF_IPV6 =
            Pattern.compile("(?<address>[0-9a-fA-F:]*:[0-9a-fA-F:]*)/(12[0-8]|1[01][0-9]|[1-9]?[0-9])");

    private AddressRange() {}

    static boolean isOne(String text) {
        var six = OF_IPV6.matcher(text);
        return OF_IPV4.matcher(text).matches() || six.matches() && isIpv6(six.group("address"));
    }

    private static boolean isIpv6(String address) {
        try {
            return InetAddress.getByName(address) instanceof Inet6Address;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

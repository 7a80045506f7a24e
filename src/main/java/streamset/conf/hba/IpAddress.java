package streamset.conf.hba;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address, or a mask, as PostgreSQL reads it in pg_hba.conf: without a DNS query, and by the rules of
 * {@code getaddrinfo}, for which 127.1 is 127.0.0.1 and 010.0.0.1 is 8.0.0.1.
 *
 * @param high the upper 64 bits of 128; 0 for IPv4
 * @param low the lower 64 bits; for IPv4 the whole address
 */
record IpAddress(Family family, long high, long low) {
    enum Family {
        IPV4(32),
        IPV6(128);

        private final int bits;

        Family(int bits) {
            this.bits = bits;
        }

        /** The length of an address. */
        int bits() {
            return bits;
        }
    }

    private static final long IPV4_MAX = 0xffff_ffffL;
    private static final int HALF = 64; // bits of a long, of which an IPv6 address has two
    private static final int GROUPS = 8; // of 16 bits, in an IPv6 address
    private static final Pattern NUMBER = Pattern.compile("0[xX]0*(?<hex>\\p{XDigit}{1,15})|0+(?<octal>[0-7]{0,20})"
            + "|(?<decimal>[1-9]\\d{0,17})"); // fits into a long; an address is much smaller
    private static final Pattern DOTTED = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})(?:\\.(?!$)|$)){4}");
    private static final Pattern GROUP = Pattern.compile("\\p{XDigit}{1,4}");

    static Optional<IpAddress> parse(String text) {
        return text.contains(":") ? ipv6(text) : ipv4(text);
    }

    private static Optional<IpAddress> ipv4(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            long limit = last ? IPV4_MAX >> Byte.SIZE * i : 0xff; // the last number fills the remaining bytes
            long number = number(parts[i]);
            if (number < 0 || number > limit) {
                return Optional.empty();
            }
            address |= last ? number : number << Byte.SIZE * (3 - i);
        }
        return Optional.of(new IpAddress(Family.IPV4, 0, address));
    }

    /** -1 when the text is not a number. */
    private static long number(String text) {
        var number = NUMBER.matcher(text);
        if (!number.matches()) {
            return -1;
        }
        if (number.group("hex") != null) {
            return Long.parseLong(number.group("hex"), 16);
        }
        return number.group("octal") != null ? Long.parseLong(text, 8) : Long.parseLong(text);
    }

    private static Optional<IpAddress> ipv6(String text) {
        var halves = text.split("::", -1);
        var front = groups(halves[0], halves.length == 1);
        var back = halves.length == 2 ? groups(halves[1], true) : Optional.of(List.<Integer>of());
        if (halves.length > 2 || front.isEmpty() || back.isEmpty()) {
            return Optional.empty();
        }
        int zeros = GROUPS - front.get().size() - back.get().size();
        if (halves.length == 1 ? zeros != 0 : zeros < 1) {
            return Optional.empty();
        }
        var all = new ArrayList<>(front.get());
        for (int i = 0; i < zeros; i++) {
            all.add(0);
        }
        all.addAll(back.get());
        return Optional.of(new IpAddress(Family.IPV6, bits(all.subList(0, 4)), bits(all.subList(4, GROUPS))));
    }

    /** @param end whether an IPv4 address may follow at the end, as two groups */
    private static Optional<List<Integer>> groups(String text, boolean end) {
        var groups = new ArrayList<Integer>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        var parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (GROUP.matcher(parts[i]).matches()) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else if (end && i == parts.length - 1 && DOTTED.matcher(parts[i]).matches()) {
                var numbers = Arrays.stream(parts[i].split("\\."))
                        .map(Integer::valueOf)
                        .toList();
                if (numbers.stream().anyMatch(number -> number > 0xff)) {
                    return Optional.empty();
                }
                groups.add(numbers.get(0) << Byte.SIZE | numbers.get(1));
                groups.add(numbers.get(2) << Byte.SIZE | numbers.get(3));
            } else {
                return Optional.empty();
            }
        }
        return groups.size() > GROUPS ? Optional.empty() : Optional.of(groups);
    }

    private static long bits(List<Integer> groups) {
        return groups.stream().mapToLong(Integer::longValue).reduce(0, (bits, group) -> bits << Short.SIZE | group);
    }

    /** @param length of the network's part, in bits */
    static IpAddress mask(Family family, int length) {
        if (family == Family.IPV4) {
            return new IpAddress(family, 0, IPV4_MAX & ones(length + HALF - family.bits()));
        }
        return new IpAddress(family, ones(Math.min(length, HALF)), ones(Math.max(length - HALF, 0)));
    }

    /** A long with this number of leading ones. */
    private static long ones(int count) {
        return count == 0 ? 0 : -1L << HALF - count;
    }

    /** The common bits of two addresses of one family. */
    IpAddress and(IpAddress other) {
        return new IpAddress(family, high & other.high, low & other.low);
    }
}

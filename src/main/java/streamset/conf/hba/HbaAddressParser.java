package streamset.conf.hba;

import java.util.regex.Pattern;

/** Reads the address of a line of pg_hba.conf, and the mask that can follow it. */
final class HbaAddressParser {
    private static final Pattern LENGTH =
            Pattern.compile("\\s*(?:-(?=0+$)|\\+)?0*(?<number>\\d{1,3})"); // what strtol accepts

    private final HbaFields fields;
    private final String form;

    /** @param form the correct form of a line with an address */
    HbaAddressParser(HbaFields fields, String form) {
        this.fields = fields;
        this.form = form;
    }

    HbaAddress address() throws HbaRefusal {
        var word = fields.word("address", form);
        for (var keyword : HbaAddress.Keyword.values()) {
            if (keyword.isMeantBy(word)) {
                return keyword;
            }
        }
        var text = word.text();
        if (text.contains(":") && text.contains("%")) {
            throw new HbaRefusal(
                    "% is followed by an interface of one machine, which other machines may not have",
                    "write the address without it");
        }
        int slash = text.indexOf('/');
        var ip = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (ip.isPresent()) {
            return slash < 0 ? withMask(ip.get(), text) : withLength(ip.get(), text.substring(slash + 1));
        }
        if (slash >= 0) {
            throw new HbaRefusal(
                    word.shown() + " is not an IP address with a prefix length, and a host name has none",
                    "write an address such as 10.0.0.0/8 or fd00::/8, or only a host name");
        }
        return new HbaAddress.HostName(text);
    }

    private static HbaAddress.Network withLength(IpAddress ip, String text) throws HbaRefusal {
        var length = LENGTH.matcher(text);
        int bits = ip.family().bits();
        if (!length.matches() || Integer.parseInt(length.group("number")) > bits) {
            throw new HbaRefusal(
                    HbaToken.shown(text) + " is not a prefix length for such an address",
                    "write a number of bits after the slash, from 0 to " + bits);
        }
        return HbaAddress.Network.of(ip, Integer.parseInt(length.group("number")));
    }

    private HbaAddress.Network withMask(IpAddress ip, String text) throws HbaRefusal {
        var remedy = "write " + text + "/" + ip.family().bits() + ", or a mask after the address";
        var word = fields.word("mask", remedy);
        var mask = IpAddress.parse(word.text())
                .orElseThrow(() -> new HbaRefusal(
                        word.shown() + " is not a mask, and an address without /length needs one", remedy));
        if (mask.family() != ip.family()) {
            throw new HbaRefusal("one of address and mask is IPv4, the other IPv6", remedy);
        }
        return new HbaAddress.Network(ip, mask);
    }
}

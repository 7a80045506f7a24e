package streamset.conf.hba;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the options of the method ldap must be together: one of two ways to find the user's entry in the directory. */
final class HbaLdap {
    private static final Pattern URL = Pattern.compile("(?i:ldaps?)://(?:[^/:\\[\\]]*|\\[[^\\]]*\\])(?::\\d{1,5})?"
            + "(?:/(?<basedn>[^?]*)(?:\\?(?<attribute>[^?]*)(?:\\?(?:base|one|onelevel|sub|subtree)?"
            + "(?:\\?(?<filter>[^?]*))?)?)?)?");

    private HbaLdap() {}

    static void check(Map<String, String> options) throws HbaRefusal {
        var given = new TreeSet<>(options.keySet());
        if (options.containsKey("ldapurl")) {
            var url = URL.matcher(options.get("ldapurl"));
            if (!url.matches()) {
                throw new HbaRefusal(
                        "ldapurl cannot be read",
                        "write it as: ldapurl=\"ldap://HOST:PORT/BASEDN?ATTRIBUTE?sub?FILTER\"; ldaps also");
            }
            if (url.group("basedn") != null) {
                given.add("ldapbasedn");
            }
            if (url.group("attribute") != null && !url.group("attribute").isEmpty()) {
                given.add("ldapsearchattribute");
            }
            if (url.group("filter") != null && !url.group("filter").isEmpty()) {
                given.add("ldapsearchfilter");
            }
        }
        if (given.contains("ldapprefix") || given.contains("ldapsuffix")) {
            given.removeIf(name -> !name.matches("ldap(basedn|binddn|bindpasswd|searchattribute|searchfilter)"));
            if (!given.isEmpty()) {
                throw new HbaRefusal(
                        "ldapprefix and ldapsuffix name the entry itself, so it cannot be searched for as well",
                        "delete " + String.join(" and ", given));
            }
        } else if (!given.contains("ldapbasedn")) {
            throw new HbaRefusal(
                    "nothing says where in the directory the user is",
                    "add ldapbasedn, or ldapprefix and ldapsuffix; or give ldapurl a BASEDN");
        } else if (given.contains("ldapsearchattribute") && given.contains("ldapsearchfilter")) {
            throw new HbaRefusal(
                    "ldapsearchattribute and ldapsearchfilter both say how to search; only one can",
                    "delete one of them, or its part of ldapurl");
        }
    }
}

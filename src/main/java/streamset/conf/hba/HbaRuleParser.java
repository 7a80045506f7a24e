package streamset.conf.hba;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import streamset.problems.NearestName;

/**
 * Reads one line of pg_hba.conf, and refuses what every server would refuse. Checks that need more than the line, such as
 * whether the options fit the method, are left to the server.
 */
final class HbaRuleParser {
    private static final String LOCAL_FORM = "write it as: local  DATABASE  USER  METHOD";
    private static final String HOST_FORM = "write it as: host  DATABASE  USER  ADDRESS  METHOD";
    private static final int REGULAR_EXPRESSIONS_VERSION = 16; // the first major that has them in names

    private final HbaLine line;
    private final int version;
    private final HbaFields fields;

    private HbaRuleParser(HbaLine line, int version) {
        this.line = line;
        this.version = version;
        this.fields = new HbaFields(line);
    }

    /**
     * Reads a line with fields.
     *
     * @param version the servers' major
     */
    static HbaRule parse(HbaLine line, int version) throws HbaRefusal {
        HbaWords.check(line);
        return new HbaRuleParser(line, version).rule();
    }

    private HbaRule rule() throws HbaRefusal {
        var type = type();
        boolean local = type == HbaType.LOCAL;
        var form = local ? LOCAL_FORM : HOST_FORM;
        skipNames("database", form);
        skipNames("user", form);
        var address = local ? HbaAddress.Keyword.ALL : new HbaAddressParser(fields, form).address();
        return new HbaRule(line, type, address, method(type, form), options());
    }

    private HbaType type() throws HbaRefusal {
        var word = fields.word("connection type", HOST_FORM);
        if (word.text().matches("include(_if_exists|_dir)?")) {
            throw new HbaRefusal("an included file does not exist in the pods", "copy its lines to this place");
        }
        return HbaType.of(word.text())
                .orElseThrow(() -> new HbaRefusal(
                        word.shown() + " is not a connection type" + suggestion(word, HbaType.words()),
                        "begin the line with one of: " + String.join(", ", HbaType.words())));
    }

    /** An older server reads a regular expression as a name, which nobody has. */
    private void skipNames(String name, String form) throws HbaRefusal {
        for (var word : fields.words(name, form)) {
            if (word.text().startsWith("/") && version < REGULAR_EXPRESSIONS_VERSION) {
                throw new HbaRefusal(
                        "PostgreSQL " + version + " does not support regular expressions here: it reads " + word.shown()
                                + " as a name, which nobody has",
                        "write out the names, with commas between them");
            }
        }
    }

    private HbaMethod method(HbaType type, String form) throws HbaRefusal {
        var word = fields.word("method", form);
        var method = HbaMethod.of(word.text(), version)
                .orElseThrow(() -> new HbaRefusal(
                        word.shown() + " is not a method of PostgreSQL " + version + " on Linux"
                                + suggestion(word, HbaMethod.words(version)),
                        "use one of: " + String.join(", ", HbaMethod.words(version))));
        if (method == HbaMethod.CERT && type != HbaType.HOSTSSL) {
            throw new HbaRefusal(
                    "cert works only with hostssl: without TLS there are no certificates",
                    "begin the line with hostssl");
        }
        if (method == HbaMethod.GSS && type == HbaType.LOCAL) {
            throw new HbaRefusal("gss does not work through the socket", "use peer, or a password: scram-sha-256");
        }
        if (method == HbaMethod.PEER && type != HbaType.LOCAL) {
            throw new HbaRefusal(
                    "peer works only through the socket: over the network, the user of a process is not known",
                    "use scram-sha-256");
        }
        return method;
    }

    /** The last option of a name takes effect. */
    private Map<String, String> options() throws HbaRefusal {
        var options = new HashMap<String, String>();
        boolean secretSeen = false;
        for (var word : fields.rest()) {
            var option = word.text().split("=", 2);
            if (option.length < 2) { // what follows a secret may belong to it if quotes are missing
                throw new HbaRefusal(
                        (secretSeen ? "[secret]" : word.shown())
                                + " is not an option: options have the form name=value",
                        "delete it, or write it in this form; put a value with blanks or commas in double quotes");
            }
            if (option[0].equals("map") && !option[1].isEmpty()) {
                throw new HbaRefusal(
                        "a map is in pg_ident.conf, which does not exist in the pods: nobody could log in",
                        "delete the option map");
            }
            options.put(option[0], option[1]);
            secretSeen |= word.isSecret();
        }
        return options;
    }

    private static String suggestion(HbaToken word, List<String> words) {
        return NearestName.to(word.text(), words)
                .map(name -> ", did you mean " + name + "?")
                .orElse("");
    }
}

package streamset.conf.hba;

import java.util.ArrayList;
import java.util.List;
import streamset.problems.NearestName;

/** Reads what one line of pg_hba.conf says; refuses what the server would refuse. */
final class HbaRuleParser {
    private static final String LOCAL_FORM = "write it as: local  DATABASE  USER  METHOD";
    private static final String HOST_FORM = "write it as: host  DATABASE  USER  ADDRESS  METHOD";

    private final HbaLine line;
    private final HbaServer server;
    private final HbaFields fields;

    private HbaRuleParser(HbaLine line, HbaServer server) {
        this.line = line;
        this.server = server;
        this.fields = new HbaFields(line);
    }

    /** Reads a line that has fields. */
    static HbaRule parse(HbaLine line, HbaServer server) throws HbaRefusal {
        HbaWords.check(line, server);
        return new HbaRuleParser(line, server).rule();
    }

    private HbaRule rule() throws HbaRefusal {
        var type = type();
        boolean local = type == HbaType.LOCAL_SOCKET;
        var form = local ? LOCAL_FORM : HOST_FORM;
        var databases = new ArrayList<HbaDatabase>();
        for (var word : fields.words("database", form)) {
            databases.add(HbaDatabase.of(word, server));
        }
        var users = new ArrayList<HbaUser>();
        for (var word : fields.words("user", form)) {
            users.add(HbaUser.of(word, server));
        }
        var address = local ? HbaAddress.Keyword.ALL : new HbaAddressParser(fields, form).address();
        var method = method(type, form);
        var options = new HbaOptions(type, method, server);
        for (var word : fields.rest()) {
            options.add(word);
        }
        return new HbaRule(
                line, type, new HbaValues<>(databases), new HbaValues<>(users), address, method, options.checked());
    }

    private HbaType type() throws HbaRefusal {
        var word = fields.word("connection type", HOST_FORM);
        if (word.text().matches("include(_if_exists|_dir)?")) {
            throw new HbaRefusal("an included file is not there in the pods", "copy its lines to this place");
        }
        var type = HbaType.of(word.text())
                .orElseThrow(() -> new HbaRefusal(
                        word.shown() + " is no type of connection" + suggestion(word, HbaType.words()),
                        "begin the line with one of: " + String.join(", ", HbaType.words())));
        if (type == HbaType.HOSTSSL && !server.ssl()) {
            throw new HbaRefusal(
                    "fits no connection: the servers run without ssl, and would report the line as an error",
                    "begin the line with host, or set ssl = on in postgresql.conf");
        }
        return type;
    }

    private HbaMethod method(HbaType type, String form) throws HbaRefusal {
        var words = HbaMethod.wordsIn(server.version());
        var word = fields.word("method", form);
        var method = HbaMethod.of(word.text())
                .filter(known -> words.contains(known.word()))
                .orElseThrow(() -> new HbaRefusal(
                        word.shown() + " is no method of PostgreSQL " + server.version() + " on Linux"
                                + suggestion(word, words),
                        "use one of: " + String.join(", ", words)));
        if (method == HbaMethod.CERT && type != HbaType.HOSTSSL) {
            throw new HbaRefusal(
                    "cert works with hostssl only: without TLS there are no certificates",
                    "begin the line with hostssl");
        }
        return type == HbaType.LOCAL_SOCKET ? throughSocket(method) : overNetwork(method);
    }

    private static HbaMethod throughSocket(HbaMethod method) throws HbaRefusal {
        if (method == HbaMethod.GSS) {
            throw new HbaRefusal("gss does not work through the socket", "use peer, or a password: scram-sha-256");
        }
        return method == HbaMethod.IDENT ? HbaMethod.PEER : method; // as the server does
    }

    private static HbaMethod overNetwork(HbaMethod method) throws HbaRefusal {
        if (method == HbaMethod.PEER) {
            throw new HbaRefusal(
                    "peer works through the socket only: over the network nobody can tell the user of a process",
                    "use scram-sha-256");
        }
        return method;
    }

    private static String suggestion(HbaToken word, List<String> words) {
        return NearestName.to(word.text(), words)
                .map(name -> ", did you mean " + name + "?")
                .orElse("");
    }
}

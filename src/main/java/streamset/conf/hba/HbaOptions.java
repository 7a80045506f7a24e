package streamset.conf.hba;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options behind the method of one line of pg_hba.conf, each name=value; the last one of a name holds. */
final class HbaOptions {
    private static final List<String> OF_HOSTSSL = List.of("clientcert", "clientname"); // with every method
    private static final List<String> CLIENT_CERT = List.of("verify-ca", "verify-full");
    private static final int PORT_MAX = 65_535; // of TCP and UDP

    private final HbaType type;
    private final HbaMethod method;
    private final HbaServer server;
    private final Map<String, String> values = new LinkedHashMap<>();
    private boolean secretSeen;

    HbaOptions(HbaType type, HbaMethod method, HbaServer server) {
        this.type = type;
        this.method = method;
        this.server = server;
    }

    /** Adds one, as it is written. */
    void add(HbaToken token) throws HbaRefusal {
        int equals = token.text().indexOf('=');
        if (equals < 0) {
            throw new HbaRefusal(
                    shown(token.text()) + " is no option: they are written name=value",
                    "delete it, or write it so; a value with blanks or commas goes in double quotes");
        }
        var name = token.text().substring(0, equals);
        var value = token.text().substring(equals + 1);
        checkName(name);
        checkValue(name, value);
        values.put(name, value);
        secretSeen |= token.isSecret();
    }

    /** What follows a secret may be a part of it that lacks its quotes. */
    private String shown(String text) {
        return secretSeen ? "[secret]" : HbaToken.shown(text);
    }

    private void checkName(String name) throws HbaRefusal {
        if (OF_HOSTSSL.contains(name)) {
            if (type != HbaType.HOSTSSL) {
                throw new HbaRefusal(
                        name + " works with hostssl only: without TLS there are no certificates",
                        "begin the line with hostssl, or delete the option");
            }
        } else if (!method.options().contains(name)) {
            throw new HbaRefusal(
                    shown(name) + " is no option of the method " + method.word(), "delete it; there are " + names());
        }
    }

    private String names() {
        var names = new ArrayList<>(method.options());
        if (type == HbaType.HOSTSSL) {
            names.addAll(OF_HOSTSSL);
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private void checkValue(String name, String value) throws HbaRefusal {
        switch (name) {
            case "map" -> {
                if (!value.isEmpty()) {
                    throw new HbaRefusal(
                            "a map is in pg_ident.conf, which is not there in the pods: nobody could log in",
                            "delete the option map");
                }
            }
            case "clientcert" ->
                checkIsOneOf(name, value, method == HbaMethod.CERT ? List.of("verify-full") : CLIENT_CERT);
            case "clientname" -> checkIsOneOf(name, value, List.of("CN", "DN"));
            case "ldapport" -> checkIsPort(name, value);
            default -> {}
        }
    }

    private void checkIsOneOf(String name, String value, List<String> possible) throws HbaRefusal {
        if (!possible.contains(value)) {
            throw new HbaRefusal(
                    shown(value) + " is no value of " + name + " here", "use " + String.join(" or ", possible));
        }
    }

    private void checkIsPort(String name, String value) throws HbaRefusal {
        if (!value.matches("0*[1-9]\\d{0,4}") || Integer.parseInt(value) > PORT_MAX) {
            throw new HbaRefusal(shown(value) + " is no port, in " + name, "use a number from 1 to " + PORT_MAX);
        }
    }

    /** All of them, when they are what the method needs. */
    Map<String, String> checked() throws HbaRefusal {
        switch (method) {
            case LDAP -> HbaLdap.check(values);
            case RADIUS -> {
                for (var port : HbaRadius.ports(values)) {
                    checkIsPort("radiusports", port);
                }
            }
            case OAUTH -> HbaOauth.check(values, server);
            default -> {}
        }
        return values;
    }
}

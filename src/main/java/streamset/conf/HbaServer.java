package streamset.conf;

import java.util.Arrays;
import java.util.List;

/**
 * What decides, apart from pg_hba.conf itself, how a server reads it.
 *
 * @param version its major
 * @param ssl whether it offers TLS
 * @param oauthValidators the libraries that it lets check OAuth tokens
 */
record HbaServer(int version, boolean ssl, List<String> oauthValidators) {
    HbaServer {
        oauthValidators = List.copyOf(oauthValidators);
    }

    private static final int REGULAR_EXPRESSIONS_VERSION = 16; // the first major that has them in names

    /** @param settings what holds in postgresql.conf */
    static HbaServer of(int version, List<Setting> settings) {
        return new HbaServer(
                version,
                isOn(value("ssl", settings)),
                Arrays.stream(value("oauth_validator_libraries", settings).split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    private static String value(String name, List<Setting> settings) {
        return settings.stream()
                .filter(setting -> setting.name().equals(name))
                .map(Setting::value)
                .findAny()
                .orElse("");
    }

    private static boolean isOn(String value) {
        try {
            return new BooleanType().canonical(value).equals("on");
        } catch (IllegalArgumentException e) {
            return false; // not set; and with anything else no server starts
        }
    }

    boolean hasRegularExpressions() {
        return version >= REGULAR_EXPRESSIONS_VERSION;
    }
}

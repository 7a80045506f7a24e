package streamset.conf.hba;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What decides, apart from pg_hba.conf itself, how a server reads it.
 *
 * @param version its major
 * @param ssl whether it offers TLS
 * @param oauthValidators the libraries that it lets check OAuth tokens
 */
public record HbaServer(int version, boolean ssl, List<String> oauthValidators) {
    public HbaServer {
        oauthValidators = List.copyOf(oauthValidators);
    }

    private static final int REGULAR_EXPRESSIONS_VERSION = 16; // the first major that has them in names

    /** @param settings what holds in postgresql.conf: values by name, as pg_settings shows them */
    public static HbaServer of(int version, Map<String, String> settings) {
        return new HbaServer(
                version,
                settings.getOrDefault("ssl", "off").equals("on"),
                Arrays.stream(settings.getOrDefault("oauth_validator_libraries", "")
                                .split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    boolean hasRegularExpressions() {
        return version >= REGULAR_EXPRESSIONS_VERSION;
    }
}

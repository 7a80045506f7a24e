package streamset.conf.hba;

import java.util.List;
import java.util.Map;

/** What the method oauth needs: who issues the tokens, for what, and a library that checks them. */
final class HbaOauth {
    private HbaOauth() {}

    static void check(Map<String, String> options, HbaServer server) throws HbaRefusal {
        for (var name : List.of("issuer", "scope")) {
            if (!options.containsKey(name)) {
                throw new HbaRefusal("the method oauth needs the option " + name, "add " + name + "=VALUE");
            }
        }
        var libraries = server.oauthValidators();
        var chosen = options.get("validator");
        if (libraries.isEmpty()) {
            throw new HbaRefusal(
                    "no library checks the tokens",
                    "set oauth_validator_libraries in postgresql.conf, or use scram-sha-256");
        }
        if (chosen == null ? libraries.size() > 1 : !libraries.contains(chosen)) {
            throw new HbaRefusal(
                    "the option validator must name one of oauth_validator_libraries",
                    "add validator=" + String.join(" or ", libraries));
        }
        if (options.containsKey("map") && "1".equals(options.get("delegate_ident_mapping"))) {
            throw new HbaRefusal("map and delegate_ident_mapping cannot be together", "delete one of them");
        }
    }
}

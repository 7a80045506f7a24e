package streamset.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.config.Credentials.Passwords;

/** The Secret with the passwords of all roles, encrypted in Pulumi's state too. */
final class PasswordsSecret {
    private PasswordsSecret() {}

    static Declarable of(ClusterSpec spec, Passwords passwords) {
        var name = spec.names().passwords();
        return Declarable.of(
                "passwords",
                SecretArgs.builder()
                        .apiVersion("v1")
                        .kind("Secret")
                        .metadata(new Metadata(spec).of(name).build())
                        .type("Opaque")
                        // data, because older plugins replace a Secret with stringData at every update
                        .data(Output.ofSecret(data(spec, passwords)))
                        .build(),
                Secret::new);
    }

    private static Map<String, String> data(ClusterSpec spec, Passwords passwords) {
        var data = new TreeMap<String, String>();
        spec.databases().passwords().forEach((role, password) -> data.put(role, base64(password)));
        data.put("postgres", base64(passwords.postgres()));
        data.put("replicator", base64(passwords.replicator()));
        return data;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

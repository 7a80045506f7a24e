package streamset.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import streamset.config.Credentials.Passwords;

/** The Secret with the passwords of both roles, encrypted in Pulumi's state too. */
final class PasswordsSecret {
    private PasswordsSecret() {}

    static Secret of(ClusterSpec spec, Passwords passwords, CustomResourceOptions options) {
        var name = spec.names().passwords();
        return new Secret(
                name,
                SecretArgs.builder()
                        .metadata(new Metadata(spec.names()).of(name).build())
                        .type("Opaque")
                        // data, because older plugins replace a Secret with stringData at every update
                        .data(Output.ofSecret(Map.of(
                                "postgres", base64(passwords.postgres()),
                                "replicator", base64(passwords.replicator()))))
                        .build(),
                options);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

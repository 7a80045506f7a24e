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
import streamset.node.NodePasswords;

/** The Secrets with the passwords of all roles, encrypted in Pulumi's state too. */
final class PasswordsSecret {
    private PasswordsSecret() {}

    /** For Jobs and for people. */
    static Declarable of(ClusterSpec spec, Passwords passwords) {
        var byKey = new TreeMap<>(spec.databases().passwords());
        byKey.put("postgres", passwords.postgres());
        byKey.put("replicator", passwords.replicator());
        return of(spec, "passwords", spec.names().passwords(), byKey);
    }

    /** For server pods, which need less. */
    static Declarable ofNodes(ClusterSpec spec, Passwords passwords) {
        var names = spec.names();
        var purpose = names.namespace() + "/" + names.logins();
        var byKey = new NodePasswords(passwords, spec.databases().passwords(), purpose).byKey();
        return of(spec, "logins", names.logins(), byKey);
    }

    private static Declarable of(ClusterSpec spec, String recognizedBy, String name, Map<String, String> byKey) {
        return Declarable.of(
                recognizedBy,
                SecretArgs.builder()
                        .apiVersion("v1")
                        .kind("Secret")
                        .metadata(new Metadata(spec).of(name).build())
                        .type("Opaque")
                        // data, because older plugins replace a Secret with stringData at every update
                        .data(Output.ofSecret(inBase64(byKey)))
                        .build(),
                Secret::new);
    }

    private static Map<String, String> inBase64(Map<String, String> byKey) {
        var data = new TreeMap<String, String>();
        byKey.forEach((key, text) -> data.put(key, base64(text)));
        return data;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

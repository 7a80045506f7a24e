package streamset.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import streamset.cluster.ClusterSpec;
import streamset.features.ServerCertificate;

/** The Secret with the generated certificate of the servers, encrypted in Pulumi's state too. */
final class CertificateSecret {
    private CertificateSecret() {}

    static Declarable of(ClusterSpec spec, ServerCertificate certificate) {
        return Declarable.of(
                "certificate",
                SecretArgs.builder()
                        .apiVersion("v1")
                        .kind("Secret")
                        // one name for good: pods take what it contains without a restart
                        .metadata(new Metadata(spec)
                                .of(spec.names().certificate())
                                .build())
                        .type("kubernetes.io/tls")
                        .data(Output.ofSecret(data(certificate)))
                        .build(),
                Secret::new);
    }

    private static Map<String, String> data(ServerCertificate certificate) {
        var data = new TreeMap<String, String>();
        certificate.files().forEach((name, text) -> data.put(name, base64(text)));
        return data;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

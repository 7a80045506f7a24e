package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.TreeMap;

/** The Service on the declared primary: one address for everything that writes. */
final class PrimaryService {
    // set by the StatefulSet controller
    private static final String POD_NAME_LABEL = "statefulset.kubernetes.io/pod-name";

    private PrimaryService() {}

    static Service of(ClusterSpec spec, CustomResourceOptions options) {
        var metadata = new Metadata(spec.names());
        var name = spec.names().primaryService();
        var selector = new TreeMap<>(metadata.selector());
        selector.put(POD_NAME_LABEL, spec.names().pod(spec.primary()));
        return new Service(
                name,
                ServiceArgs.builder()
                        .metadata(metadata.of(name).build())
                        .spec(ServiceSpecArgs.builder()
                                // there is no other pod to send anybody to, and one that starts refuses at once
                                .publishNotReadyAddresses(true)
                                .selector(selector)
                                .ports(PostgresPort.ofService())
                                .build())
                        .build(),
                options);
    }
}

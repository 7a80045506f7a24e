package streamset.features;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The annotations of Services that a stack can set. Others could make a Service reachable for everybody, or have a cloud create
 * what nobody deletes.
 */
public enum BalancerAnnotation {
    AWS_SCHEME("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal", true),
    AWS_INTERNAL("service.beta.kubernetes.io/aws-load-balancer-internal", "true", true),
    AWS_TYPE("service.beta.kubernetes.io/aws-load-balancer-type", "external|nlb|nlb-ip", false),
    AWS_TARGET("service.beta.kubernetes.io/aws-load-balancer-nlb-target-type", "instance|ip", false),
    AZURE_INTERNAL("service.beta.kubernetes.io/azure-load-balancer-internal", "true", true),
    AZURE_SUBNET("service.beta.kubernetes.io/azure-load-balancer-internal-subnet", "[A-Za-z0-9][\\w.-]{0,79}", false),
    GOOGLE_TYPE("networking.gke.io/load-balancer-type", "Internal", true),
    METALLB_POOL("metallb.io/address-pool", "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?", true);

    private final String key;
    private final Pattern taken;
    private final boolean internal;

    BalancerAnnotation(String key, String values, boolean internal) {
        this.key = key;
        this.taken = Pattern.compile(values);
        this.internal = internal;
    }

    /** Its name in Kubernetes. */
    public String key() {
        return key;
    }

    /** Whether with it only the network of the Kubernetes cluster reaches the load balancer, or what its owner chose. */
    public boolean isInternal() {
        return internal;
    }

    /** Whether it takes a value. */
    public boolean takes(String value) {
        return taken.matcher(value).matches();
    }

    /** The values that it takes, as a regular expression. */
    public String valuesTaken() {
        return taken.pattern();
    }

    /** The one with this name in Kubernetes. */
    public static Optional<BalancerAnnotation> of(String key) {
        return Arrays.stream(values())
                .filter(annotation -> annotation.key.equals(key))
                .findFirst();
    }
}

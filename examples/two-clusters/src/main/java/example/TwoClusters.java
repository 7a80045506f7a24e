package example;

import com.pulumi.Context;
import com.pulumi.core.Output;
import java.time.Duration;
import java.util.List;
import streamset.Clusters;
import streamset.cluster.ClusterSource;
import streamset.conf.ConfSource;
import streamset.config.RawConfig;
import streamset.plan.Plan;

/** Two PostgreSQL clusters in one stack and in one namespace. */
public final class TwoClusters {
    private static final Duration LONG_PAUSE = Duration.ofSeconds(30);

    /** The program itself says what this cluster is like, in YAML or JSON. */
    private static final String BILLING = """
            name: billing
            namespace: shop
            createNamespace: false  # orders declares it
            replicas: 1
            resources: {cpu: 300m, memory: 512Mi}
            storage: {size: 1Gi}
            secretName: billing-passwords
            """;

    private TwoClusters() {}

    public static void main(String[] arguments) {
        var stack = RawConfig.fromEnvironment(System.getenv());
        Clusters.run(context -> declare(context, stack));
    }

    private static void declare(Context context, RawConfig stack) {
        var orders = ClusterSource.of(
                stack.section("orders"), // orders:replicas and so on, in Pulumi.<stack>.yaml
                ConfSource.ofClassPath(TwoClusters.class, "orders")); // src/main/resources/orders
        var billing = ClusterSource.of(
                RawConfig.parse("TwoClusters.java", BILLING),
                ConfSource.ofText("TwoClusters.java", "include_base\nwork_mem = 2MB\n", "include_base\n"));

        // What cannot be used or would lose data ends the program here, with all problems at once.
        var clusters = Clusters.of(context, stack, List.of(orders, billing));
        for (var cluster : clusters.planned()) {
            var pause = cluster.plan().map(Plan::pause).orElse(Duration.ZERO);
            if (pause.compareTo(LONG_PAUSE) > 0) {
                context.log().warn(cluster.name() + " does not write for " + pause.toSeconds() + " s: announce it");
            }
        }
        clusters.declare()
                .forEach((name, cluster) ->
                        context.export(name, Output.of(cluster.connections().readWriteLibpq())));
    }
}

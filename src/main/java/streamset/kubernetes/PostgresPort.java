package streamset.kubernetes;

import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;

/** The port that servers listen on; it is also fixed in the conf files. */
final class PostgresPort {
    static final int NUMBER = 5432;
    private static final String NAME = "postgresql";

    private PostgresPort() {}

    static ServicePortArgs ofService() {
        return ServicePortArgs.builder()
                .name(NAME)
                .port(NUMBER)
                .targetPort(NAME)
                .build();
    }

    static ContainerPortArgs ofContainer() {
        return ContainerPortArgs.builder().name(NAME).containerPort(NUMBER).build();
    }
}

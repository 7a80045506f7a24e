package streamset.node;

import java.util.Optional;
import streamset.cluster.ClusterSpec;

/**
 * The roles of the declared databases, in the form in which the pods read them: their passwords follow the Secret. It is a file of its own
 * beside the topology, because pods of former versions refuse a topology with another line, and still run while an update begins.
 */
public final class DeclaredRoles {
    /** The key in the ConfigMap of the topology, and the file's name. */
    public static final String FILE = "roles";

    private DeclaredRoles() {}

    /** The text of the file; none where no databases are declared. */
    public static Optional<String> text(ClusterSpec spec) {
        var roles = spec.databases().roles();
        return roles.isEmpty() ? Optional.empty() : Optional.of("roles=" + String.join(" ", roles) + "\n");
    }
}

package streamset.node;

/** Names of labels and annotations that one side writes and another reads. */
public final class Labels {
    /** What an object belongs to: {@value #POSTGRESQL}. */
    public static final String NAME = "app.kubernetes.io/name";

    /** The value of {@link #NAME}. */
    public static final String POSTGRESQL = "postgresql";

    /** The {@code streamset:name} of the cluster that an object belongs to. */
    public static final String INSTANCE = "app.kubernetes.io/instance";

    /** The purpose of a pod: {@code server}, or that of a Job. */
    public static final String COMPONENT = "app.kubernetes.io/component";

    /** The component of the pods that run PostgreSQL. */
    public static final String SERVER = "server";

    /** What all objects of this program have in common: {@value #PROGRAM}. */
    public static final String PART_OF = "app.kubernetes.io/part-of";

    /** The value of {@link #PART_OF}. */
    public static final String PROGRAM = "streamset";

    /** Annotation of the StatefulSet: the kubeconfig context that it was deployed with. */
    public static final String CONTEXT = "streamset/context";

    /** Annotation of the StatefulSet: the uid of its cluster's namespace {@code kube-system}. */
    public static final String CLUSTER = "streamset/cluster";

    /** Annotation of objects that are different where the failover is automatic: {@value #AUTOMATIC}. */
    public static final String FAILOVER = "streamset/failover";

    /** The value of {@link #FAILOVER}. */
    public static final String AUTOMATIC = "automatic";

    /** Annotation of claims and the namespace: whether they are kept when they are no longer declared. */
    public static final String KEEP = "streamset/keep";

    /** The version of this program that declared the object. */
    public static final String PROGRAM_VERSION = "streamset/version";

    /** The major version of PostgreSQL, and so of the data. */
    public static final String MAJOR_VERSION = "app.kubernetes.io/version";

    /** Label of a namespace: the Pod Security Standard that every pod in it must follow. */
    public static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

    /** The strictest value of {@link #POD_SECURITY}, which all pods of this program follow. */
    public static final String RESTRICTED = "restricted";

    /** Annotation of a pod: changes with the settings that servers read only when they start. */
    public static final String RESTART = "streamset/restart";

    /** The pod's own name, set by the StatefulSet controller. */
    public static final String POD_NAME = "statefulset.kubernetes.io/pod-name";

    private Labels() {}
}

package streamset.security;

/**
 * What stands for servers.
 *
 * @param readService the name of the Service on all pods
 * @param pod the name of a pod
 * @param address of that pod
 * @param certificates the folder in pods with those of their server and of {@code replicator}
 */
record Servers(String readService, String pod, String address, String certificates) {}

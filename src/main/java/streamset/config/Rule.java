package streamset.config;

/** What a stack should have, and may waive with a reason. Package {@code policy} checks each of them. */
public enum Rule {
    IMAGE_BY_DIGEST("imageByDigest", "an image is named by its digest: what was tested is what runs"),
    NO_TRUST("noTrust", "pg_hba.conf lets nobody in from the network without a password"),
    SCRAM_ONLY("scramOnly", "passwords are stored and checked as SCRAM-SHA-256, not as md5 or in clear text"),
    KEEP_VOLUMES("keepVolumes", "volumes outlive the pods and the stack that declare them"),
    DURABLE_COMMITS("durableCommits", "an acknowledged commit is on the primary's disk"),
    SYNCHRONOUS_STANDBY("synchronousStandby", "an acknowledged commit is on the disks of two pods"),
    STANDBY("standby", "there is a standby: one volume that is lost is not all of the data"),
    POD_DISRUPTION_BUDGET("podDisruptionBudget", "a PodDisruptionBudget lets nodes evict one server pod at a time"),
    RESERVED_MEMORY(
            "reservedMemory", "each container of a server requests all the memory that it may use: its node has it"),
    PRIVATE_SERVICES("privateServices", "Services are reachable from inside the Kubernetes cluster only");

    private final String key;
    private final String demand;

    Rule(String key, String demand) {
        this.key = key;
        this.demand = demand;
    }

    /** Its name in {@code streamset:waivers}. */
    public String key() {
        return key;
    }

    /** What it demands, as a sentence without a full stop. */
    public String demand() {
        return demand;
    }
}

package streamset.faults;

import java.util.List;

/**
 * What a pod can no longer reach, or hear, of others: rules in its own network namespace. Clients and the kubelet, which come from
 * the machine itself, still reach it.
 */
final class PodFirewall {
    private static final String TABLE = "streamset_faults";

    // The testbed's (testbed/env.sh). Of the pods' network the first address is the machine's.
    static final String PODS = "10.244.0.0/24";
    static final String MACHINE = "10.244.0.1";
    static final String API_SERVICE = "10.96.0.1";
    static final String API_SERVER = "10.250.0.1";

    private static final String TO_PEERS = "ip daddr " + PODS + " ip daddr != " + MACHINE;
    private static final String FROM_PEERS = "ip saddr " + PODS + " ip saddr != " + MACHINE;
    private static final String TO_API = "ip daddr { " + API_SERVICE + ", " + API_SERVER + " } tcp dport { 443, 6443 }";
    private static final String FROM_API =
            "ip saddr { " + API_SERVICE + ", " + API_SERVER + " } tcp sport { 443, 6443 }";
    private static final String DROP = " drop";
    private static final String REFUSE = " reject with tcp reset";

    /** From what it is cut. */
    enum Cut {
        PEERS("its peers", List.of(TO_PEERS + DROP), List.of(FROM_PEERS + DROP)),
        API("the API server", List.of(TO_API + DROP), List.of(FROM_API + DROP)),
        API_REFUSES("the API server, which refuses it", List.of(TO_API + REFUSE), List.of()),
        PEERS_AND_API(
                "its peers and the API server",
                List.of(TO_PEERS + DROP, TO_API + DROP),
                List.of(FROM_PEERS + DROP, FROM_API + DROP)),
        ONE_WAY(
                "what its peers and the API server send, one way only",
                List.of(),
                List.of(FROM_PEERS + DROP, FROM_API + DROP));

        final String words;
        private final List<String> out;
        private final List<String> in;

        Cut(String words, List<String> out, List<String> in) {
            this.words = words;
            this.out = out;
            this.in = in;
        }

        /** As nft takes it. What a pod says to itself stays. */
        String rules() {
            var rules = new StringBuilder("add table inet " + TABLE + "; ");
            rules.append(chain("output", out, "oifname != \"lo\" "));
            rules.append(chain("input", in, "iifname != \"lo\" "));
            return rules.toString();
        }

        private static String chain(String hook, List<String> rules, String others) {
            var text = new StringBuilder("add chain inet " + TABLE + " " + hook + " { type filter hook " + hook
                    + " priority 0; policy accept; }; ");
            rules.forEach(rule -> text.append("add rule inet " + TABLE + " " + hook + " " + others + rule + "; "));
            return text.toString();
        }
    }

    private final PodProcesses pod;

    private PodFirewall(PodProcesses pod) {
        this.pod = pod;
    }

    static PodFirewall of(PodProcesses pod) {
        return new PodFirewall(pod);
    }

    void cut(Cut cut) {
        inside(cut.rules());
    }

    /** When the pod is gone, so are its rules. */
    void heal() {
        if (pod.keeper().isPresent()) {
            inside("add table inet " + TABLE + "; delete table inet " + TABLE);
        }
    }

    private void inside(String commands) {
        var keeper = pod.keeper().orElseThrow(() -> new AssertionError("nothing runs in the pod " + pod.uid()));
        Program.run("nsenter", "--net", "--target", Long.toString(keeper.pid()), "nft", commands);
    }
}

package streamset.faults;

import java.util.regex.Pattern;

/** The cable between a pod and the network of the pods; it can be pulled. */
final class PodNetwork {
    private static final Pattern PEER = Pattern.compile("eth0@if(\\d+):");

    private final String cable;

    private PodNetwork(String cable) {
        this.cable = cable;
    }

    static PodNetwork of(PodProcesses pod) {
        var inside = Program.run(
                "nsenter", "--net", "--target", Long.toString(pod.any().pid()), "ip", "-o", "link", "show", "eth0");
        var peer = PEER.matcher(inside);
        if (!peer.find()) {
            throw new AssertionError("no cable leads out of the pod: " + inside);
        }
        var number = peer.group(1) + ": ";
        return Program.run("ip", "-o", "link")
                .lines()
                .filter(line -> line.startsWith(number))
                .map(line -> new PodNetwork(line.substring(number.length(), line.indexOf('@'))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no interface " + number));
    }

    void cut() {
        Program.run("ip", "link", "set", cable, "down");
    }

    void heal() {
        Program.run("ip", "link", "set", cable, "up");
    }
}

package streamset.conf.hba;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

/**
 * Whether pg_hba.conf lets in those without whom a cluster does not run. {@code trust} counts as letting in: whether it may
 * be there is another question.
 */
record HbaLogins(SourceFile source, HbaFile file, HbaServer server, Problems problems) {
    private static final String ADMINISTRATOR = "postgres"; // the user, and the database
    private static final String REPLICATOR = "replicator";
    private static final int PODS_NAMED = 3; // in a message; of more their number says enough

    /** @param podHosts the pods' DNS names, by ordinal */
    void check(List<String> podHosts) {
        if (podHosts.size() > 1) { // a single pod has nobody to replicate from
            replication(podHosts);
        }
        administration();
        socket();
    }

    /** From every pod: each can become a standby of any other. */
    private void replication(List<String> podHosts) {
        var hosts = new LinkedHashMap<List<Integer>, List<String>>();
        var outcomes = new LinkedHashMap<List<Integer>, List<Optional<HbaRule>>>();
        for (var host : podHosts) {
            var found = overNetwork(family -> new HbaClient.Pod(host, family), Optional.empty(), REPLICATOR);
            var numbers = found.stream()
                    .map(rule -> rule.map(HbaRule::number).orElse(0))
                    .toList();
            outcomes.put(numbers, found);
            hosts.computeIfAbsent(numbers, key -> new ArrayList<>()).add(host);
        }
        hosts.forEach((numbers, from) -> {
            var login = new HbaLogin(
                    "user replicator, who replicates from " + pods(from, podHosts.size()),
                    "only the declared password",
                    "no standby could clone or stream there",
                    "host  replication  replicator  " + HbaLine.PODS + "  scram-sha-256",
                    HbaLogins::letsIn);
            login.judge(outcomes.get(numbers), source, problems);
        });
    }

    private static String pods(List<String> hosts, int all) {
        if (hosts.size() == all) {
            return "every pod";
        }
        var names = hosts.stream()
                .limit(PODS_NAMED)
                .map(host -> host.substring(0, host.indexOf('.')))
                .collect(Collectors.joining(", "));
        return hosts.size() > PODS_NAMED ? names + " and " + (hosts.size() - PODS_NAMED) + " more pods" : names;
    }

    /** From the pods of the Jobs, which have no names of their own in the DNS. */
    private void administration() {
        var login = new HbaLogin(
                "user postgres, who logs in to database postgres from a Job's pod",
                "only the declared password",
                "no Job could set the password of replicator, keep the slots or reload changed files",
                "host  postgres  postgres  all  scram-sha-256",
                HbaLogins::letsIn);
        login.judge(
                overNetwork(HbaClient.UnnamedPod::new, Optional.of(ADMINISTRATOR), ADMINISTRATOR), source, problems);
    }

    /** What people run with kubectl exec: status.sh, and psql without a password. */
    private void socket() {
        var login = new HbaLogin(
                "user postgres, who logs in to database postgres through the pod's own socket",
                "nobody to type a password",
                "the status command, and psql by kubectl exec, would not work",
                "local  postgres  postgres  trust",
                rule -> rule.method() == HbaMethod.TRUST || rule.method() == HbaMethod.PEER);
        var outcomes =
                file.decides(HbaQuestion.local(ADMINISTRATOR, ADMINISTRATOR)).outcomes();
        login.judge(outcomes.toList(), source, problems);
    }

    private static boolean letsIn(HbaRule rule) {
        return (rule.method().takesPassword() || rule.method() == HbaMethod.TRUST) && !rule.asksForCertificate();
    }

    /** What can come of a login from a pod, whichever kind of address it has; each line once. */
    private List<Optional<HbaRule>> overNetwork(
            Function<IpAddress.Family, HbaClient> client, Optional<String> database, String user) {
        var outcomes = new LinkedHashMap<Integer, Optional<HbaRule>>();
        for (var family : IpAddress.Family.values()) {
            outcomes(client.apply(family), database, user)
                    .forEach(rule ->
                            outcomes.putIfAbsent(rule.map(HbaRule::number).orElse(0), rule));
        }
        return List.copyOf(outcomes.values());
    }

    /** As libpq logs in: with TLS where the server offers it, and when that failed once more without. */
    private Stream<Optional<HbaRule>> outcomes(HbaClient client, Optional<String> database, String user) {
        var plain = file.decides(new HbaQuestion(HbaConnection.PLAIN, client, database, user));
        if (!server.ssl()) {
            return plain.outcomes();
        }
        var tls = file.decides(new HbaQuestion(HbaConnection.SSL, client, database, user))
                .outcomes()
                .toList();
        var successes =
                tls.stream().filter(rule -> rule.filter(HbaLogins::letsIn).isPresent());
        return tls.stream().allMatch(rule -> rule.filter(HbaLogins::letsIn).isPresent())
                ? successes
                : Stream.concat(successes, plain.outcomes());
    }
}

package streamset.conf.hba;

import java.util.List;
import streamset.conf.SourceFile;
import streamset.config.StackConfig;
import streamset.problems.Problems;

/**
 * What pg_hba.conf must and must not let in, before anything is deployed.
 *
 * @param podHosts the pods' DNS names, by ordinal
 * @param allowTrust whether somebody may get in from the network without a password
 */
public record HbaChecks(
        SourceFile source,
        HbaFile file,
        List<String> podHosts,
        HbaServer server,
        boolean allowTrust,
        Problems problems) {

    /** Adds what is wrong, and warns of lines that never decide. */
    public void check() {
        if (source.text().isEmpty()) {
            return; // that was told when it was read
        }
        if (file.isSound()) { // else a line that could not be read may be the one that decides
            new HbaLogins(source, file, server, problems).check(podHosts);
        }
        if (!allowTrust) {
            file.rules().stream().filter(HbaChecks::isOpen).forEach(this::refuse);
        }
        new HbaDeadRules(file.rules()).forEach(this::warn);
    }

    /** Whether it believes, about who somebody is, anybody outside the pod. */
    private static boolean isOpen(HbaRule rule) {
        boolean believes = rule.method() == HbaMethod.TRUST || rule.method() == HbaMethod.IDENT;
        return believes
                && rule.type() != HbaType.LOCAL_SOCKET
                && !rule.address().isWithinPod()
                && !"verify-full".equals(rule.options().get("clientcert")); // then the certificate names the user
    }

    private void refuse(HbaRule rule) {
        problems.add(
                source.line(rule.number()),
                rule.line().shown(),
                rule.method() == HbaMethod.TRUST
                        ? "lets in whoever can reach a pod from there, without a password"
                        : "asks the client's own machine who the user is, and so lets in whoever can reach a pod from there",
                "change the method to scram-sha-256; or, if it is meant so: pulumi config set " + StackConfig.NAMESPACE
                        + ":allowTrust true");
    }

    private void warn(HbaRule dead, HbaRule before) {
        problems.warn(
                source.line(dead.number()),
                dead.line().shown(),
                "never decides: line " + before.number() + " comes first and fits all that this line fits: "
                        + before.line().shown(),
                "delete line " + dead.number() + ", or move it before line " + before.number());
    }
}

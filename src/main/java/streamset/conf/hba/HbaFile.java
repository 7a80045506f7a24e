package streamset.conf.hba;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import streamset.conf.SourceFile;
import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;

/** A pg_hba.conf as its author wrote it. It may be empty: the lines that the cluster itself needs are not in it. */
public final class HbaFile {
    private final SourceFile source;
    private final List<HbaLine> lines;
    private final List<HbaRule> rules;
    private final boolean requiresTls;

    private HbaFile(SourceFile source, List<HbaLine> lines, List<HbaRule> rules, boolean requiresTls) {
        this.source = source;
        this.lines = List.copyOf(lines);
        this.rules = List.copyOf(rules);
        this.requiresTls = requiresTls;
    }

    /**
     * Reads a file; each line that no server would accept is a problem.
     *
     * @param version the servers' major
     */
    public static HbaFile parse(SourceFile source, int version, Problems problems) {
        var lines = HbaLine.of(source.text());
        var rules = new ArrayList<HbaRule>();
        for (var line : lines) {
            try {
                if (!line.fields().isEmpty()) {
                    rules.add(HbaRuleParser.parse(line, version));
                }
            } catch (HbaRefusal refusal) {
                problems.add(source.line(line.number()), line.shown(), refusal.reason(), refusal.fix());
            }
        }
        return new HbaFile(source, lines, rules, false);
    }

    /** The same for servers that let nobody in from the network without TLS. */
    public HbaFile requiringTls() {
        return new HbaFile(source, lines, rules, true);
    }

    /**
     * Whether servers let nobody in from the network without TLS.
     *
     * @param pgHbaConf as {@link #render} makes it
     */
    public static boolean requiresTls(String pgHbaConf) {
        return ClusterAccess.requiresTls(pgHbaConf);
    }

    /** Adds a problem for each line that lets somebody in from the network without a password. */
    public void refuseTrust(Problems problems) {
        for (var rule : rules) {
            if (rule.trustsTheNetwork()) {
                problems.add(
                        source.line(rule.line().number()),
                        rule.line().shown(),
                        rule.method() == HbaMethod.TRUST
                                ? "lets in whoever can reach a pod from there, without a password"
                                : "asks the client's own machine for the user, and so lets in whoever can reach a pod from there",
                        "change the method to scram-sha-256; or, if this is intended: "
                                + new ConfigCommand(StackConfig.NAMESPACE + ":", "allowTrust", false).set("true"));
            }
        }
    }

    /** Warns of each line that matches no connection while the servers have no TLS. */
    public void warnOfTls(Problems problems) {
        for (var rule : rules) {
            if (rule.type() == HbaType.HOSTSSL) {
                problems.warn(
                        source.line(rule.line().number()),
                        rule.line().shown(),
                        "matches no connection, because ssl is off: nobody can log in with this line",
                        "begin the line with host, and use a method with a password");
            }
        }
    }

    /**
     * The file that the servers get: the cluster's own lines, followed by the author's, byte for byte, except for those with
     * the address {@value HbaLine#PODS}, which are repeated for each pod.
     *
     * @param podHosts the pods' DNS names, by ordinal
     */
    public String render(List<String> podHosts) {
        return render(ClusterAccess.lines(podHosts), podHosts);
    }

    /** The same for a cluster whose pods also connect to themselves for replication. */
    public String renderForPatroni(List<String> podHosts) {
        return render(ClusterAccess.linesForPatroni(podHosts), podHosts);
    }

    private String render(String first, List<String> podHosts) {
        var own = requiresTls ? ClusterAccess.requiringTls(first) : first;
        return lines.stream().map(line -> line.render(podHosts)).collect(Collectors.joining("", own, ""));
    }
}

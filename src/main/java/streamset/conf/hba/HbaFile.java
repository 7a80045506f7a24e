package streamset.conf.hba;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import streamset.conf.ConfFiles;
import streamset.conf.SourceFile;
import streamset.config.StackConfig;
import streamset.features.DeclaredDatabase;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;

/** A pg_hba.conf as its author wrote it. It may be empty: the lines that the cluster itself needs are not in it. */
public final class HbaFile {
    private final SourceFile source;
    private final List<HbaLine> lines;
    private final List<HbaRule> rules;
    private final UnaryOperator<String> own; // from the cluster's usual lines to those of these servers

    private HbaFile(SourceFile source, List<HbaLine> lines, List<HbaRule> rules, UnaryOperator<String> own) {
        this.source = source;
        this.lines = List.copyOf(lines);
        this.rules = List.copyOf(rules);
        this.own = own;
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
        return new HbaFile(source, lines, rules, UnaryOperator.identity());
    }

    /** The same for servers that let nobody in from the network without TLS. */
    public HbaFile requiringTls() {
        return with(ClusterAccess::requiringTls);
    }

    /** The same for servers that let {@code replicator} in from the network with a certificate in its name alone. */
    public HbaFile requiringClientCertificates() {
        var named = rules.stream()
                .flatMap(rule -> rule.ofReplicator().stream())
                .distinct()
                .collect(Collectors.joining());
        return with(first -> ClusterAccess.requiringClientCertificates(first, named));
    }

    /** The same for servers in which Jobs make databases. */
    public HbaFile toEveryDatabase() {
        return with(ClusterAccess::toEveryDatabase);
    }

    /** The same for servers with an exporter of metrics in their pods. */
    public HbaFile withMetrics() {
        return with(ClusterAccess::withMetrics);
    }

    private HbaFile with(UnaryOperator<String> more) {
        return new HbaFile(source, lines, rules, first -> more.apply(own.apply(first)));
    }

    /**
     * Whether servers let nobody in from the network without TLS.
     *
     * @param pgHbaConf as {@link #render} makes it
     */
    public static boolean requiresTls(String pgHbaConf) {
        return ClusterAccess.requiresTls(pgHbaConf);
    }

    /**
     * Whether servers let {@code replicator} in from the network with a certificate alone.
     *
     * @param pgHbaConf as {@link #render} makes it
     */
    public static boolean requiresClientCertificates(String pgHbaConf) {
        return ClusterAccess.requiresClientCertificates(pgHbaConf);
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
     * Warns of each role that no line lets in to its database from the network. Which line decides depends on the address too, so
     * a role that is let in from nowhere useful goes unnoticed.
     *
     * @param tls whether the servers have it
     */
    public void warnOfLockedOut(List<DeclaredDatabase> databases, boolean tls, Problems problems) {
        for (var database : databases) {
            var out = database.roles()
                    .filter(role -> rules.stream().noneMatch(rule -> rule.letsIn(database.name(), role, tls)))
                    .toList();
            if (!out.isEmpty()) {
                problems.warn(
                        StackConfig.NAMESPACE + ":databases",
                        database.name(),
                        "no line of pg_hba.conf lets " + String.join(", ", out) + " in from the network",
                        "add to " + ConfFiles.PG_HBA_CONF + ": host \"" + database.name() + "\" "
                                + out.stream().map(role -> '"' + role + '"').collect(Collectors.joining(","))
                                + " all scram-sha-256");
            }
        }
    }

    /**
     * The file that the servers get: the cluster's own lines, followed by the author's, byte for byte, except for those with
     * the address {@value HbaLine#PODS}, which are repeated for each of these names.
     *
     * @param pods the names that the DNS has for the pods' addresses, or how they end
     */
    public String render(List<String> pods) {
        return render(ClusterAccess.lines(pods), pods);
    }

    /** The same for a cluster whose pods also connect to themselves for replication. */
    public String renderForPatroni(List<String> pods) {
        return render(ClusterAccess.linesForPatroni(pods), pods);
    }

    private String render(String first, List<String> pods) {
        return lines.stream().map(line -> line.render(pods)).collect(Collectors.joining("", own.apply(first), ""));
    }
}

package streamset.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import streamset.catalog.ParameterName;
import streamset.conf.ConfFile;
import streamset.conf.ConfFiles;
import streamset.conf.ConfSource;
import streamset.conf.SourceFile;
import streamset.conf.hba.HbaFile;
import streamset.config.Names;
import streamset.config.RawConfig;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.Archive;
import streamset.features.DeclaredDatabases;
import streamset.features.Encryption;
import streamset.features.Exporter;
import streamset.features.Exposure;
import streamset.features.Feature;
import streamset.features.Features;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.features.Peers;
import streamset.features.Restoration;
import streamset.features.ServerCertificate;
import streamset.features.backup.Backup;
import streamset.features.clients.Clients;
import streamset.features.databases.Databases;
import streamset.features.hugepages.HugePages;
import streamset.features.metrics.Metrics;
import streamset.features.restore.Restore;
import streamset.features.scheduling.Scheduling;
import streamset.features.services.Services;
import streamset.features.tls.Tls;
import streamset.features.walvolume.WalVolume;
import streamset.pod.Placement;
import streamset.pod.PodClaim;
import streamset.problems.Problems;
import streamset.settings.Settings;
import streamset.settings.WrittenSettings;
import streamset.sizing.Budgets;
import streamset.units.ByteSize;

/**
 * Everything that the objects of one cluster are made from, as checked and computed plain data.
 *
 * @param config what the user declared
 * @param features the features that the user declared
 * @param budgets how memory and WAL are divided, given the values that people wrote
 * @param settings PostgreSQL's parameters in effect, and why
 * @param files the conf files that the servers read
 */
public record ClusterSpec(StackConfig config, Features features, Budgets budgets, Settings settings, ConfFiles files) {
    /** All features of the program. */
    public static final List<Feature> FEATURES = List.of(
            new WalVolume(),
            new HugePages(),
            new Scheduling(),
            new Services(),
            new Clients(),
            new Tls(),
            new Databases(),
            new Metrics(),
            new Backup(),
            new Restore());

    /**
     * Reads and checks a stack.
     *
     * @param raw its configuration
     * @param project the folder that holds {@code src/main/postgresql} and {@code stacks}
     * @param stack its name, for its own conf files
     * @param problems receives everything that is wrong; the result can be used only if nothing is
     */
    public static ClusterSpec of(RawConfig raw, Path project, String stack, Problems problems) {
        return of(raw, ConfSource.ofProject(project, stack), problems);
    }

    /**
     * Reads and checks a cluster.
     *
     * @param raw its configuration
     * @param source its conf files
     * @param problems receives everything that is wrong; the result can be used only if nothing is
     */
    public static ClusterSpec of(RawConfig raw, ConfSource source, Problems problems) {
        return of(FEATURES, raw, source, problems.in(raw.origin()::words));
    }

    /** The same with these features instead of those that the program has. */
    static ClusterSpec of(List<Feature> known, RawConfig raw, ConfSource source, Problems problems) {
        var keys = Section.of(StackConfig.NAMESPACE, raw, problems);
        var config = StackConfig.read(keys);
        var features = Features.read(known, keys, config);
        keys.rejectUnknown();
        var file = ConfFile.parse(source.read(ConfFiles.POSTGRESQL_CONF, problems), problems);
        var written = WrittenSettings.of(config, file);
        var budgets = written.budgets(config, features.parts(), problems);
        var settings = Settings.of(config, written, features.parts(), budgets);
        var hba = pgHbaConf(config, features.parts(), source.read(ConfFiles.PG_HBA_CONF, problems), settings, problems);
        return new ClusterSpec(
                config, features, budgets, settings, ConfFiles.of(file.with(settings.added()), hba, problems));
    }

    private static String pgHbaConf(
            StackConfig config, Parts parts, SourceFile source, Settings settings, Problems problems) {
        var file = HbaFile.parse(source, config.version(), problems);
        var encryption = parts.one(Encryption.class);
        boolean tls = settings.isOn(ParameterName.SSL);
        var databases = parts.one(DeclaredDatabases.class)
                .orElse(DeclaredDatabases.NONE)
                .all();
        if (!config.allowTrust()) {
            file.refuseTrust(problems);
        }
        if (!tls) {
            file.warnOfTls(problems);
        }
        file.warnOfLockedOut(databases, tls, problems);
        var pods = config.names().podDomains();
        var administered = databases.isEmpty() ? file : file.toEveryDatabase();
        var measured = parts.one(Exporter.class).isPresent() ? administered.withMetrics() : administered;
        var encrypted = encryption.filter(Encryption::required).isPresent() ? measured.requiringTls() : measured;
        var rendered = encryption.filter(Encryption::requiresClient).isPresent()
                ? encrypted.requiringClientCertificates()
                : encrypted;
        return config.failover().automatic() ? rendered.renderForPatroni(pods) : rendered.render(pods);
    }

    /** The names of all objects. */
    public Names names() {
        return config.names();
    }

    /** What each pod claims, data first. */
    public List<PodClaim> claims() {
        return features.claims(config);
    }

    /** On which nodes the server pods run. */
    public Placement placement() {
        return features.parts().one(Part.Nodes.class).map(Part.Nodes::placement).orElse(Placement.DEFAULT);
    }

    /** How clients reach the Services for writing and reading. */
    public Exposure exposure() {
        return features.parts().one(Exposure.class).orElse(Exposure.INSIDE);
    }

    /** The only ones who reach the servers over the network; empty when everybody does. */
    public Optional<Peers> clients() {
        return features.parts().one(Peers.class);
    }

    /** The databases that an update makes where they are not there yet. */
    public DeclaredDatabases databases() {
        return features.parts().one(DeclaredDatabases.class).orElse(DeclaredDatabases.NONE);
    }

    /** How the servers encrypt connections; empty when they do not. */
    public Optional<Encryption> encryption() {
        return features.parts().one(Encryption.class);
    }

    /** The certificate that the program makes for the servers; empty when it makes none. */
    public Optional<ServerCertificate> certificate() {
        return features.parts().one(ServerCertificate.class);
    }

    /** What offers metrics of each server; empty when nothing does. */
    public Optional<Exporter> exporter() {
        return features.parts().one(Exporter.class);
    }

    /** What brings WAL and base backups to an object store; empty when nothing does. */
    public Optional<Archive> archive() {
        return features.parts().one(Archive.class);
    }

    /** What the data begin with; empty when they begin empty. */
    public Optional<Restoration> restoration() {
        return features.parts().one(Restoration.class);
    }

    /** What each server pod gets of huge pages; empty for none. */
    public Optional<ByteSize> hugePages() {
        return features.parts().one(Part.HugePages.class).map(Part.HugePages::size);
    }

    /** The ordinal of the declared primary. */
    public int primary() {
        return config.roles().primary();
    }
}

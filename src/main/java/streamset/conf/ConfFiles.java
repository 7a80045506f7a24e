package streamset.conf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import streamset.config.ByteSize;
import streamset.config.Digest;
import streamset.config.PostgresParameter;
import streamset.config.Problems;
import streamset.config.StackConfig;
import streamset.config.Wal;
import streamset.sizing.WalBudget;
import streamset.sizing.WalSenders;

/**
 * The two files as the servers read them. Three layers: what is computed yields to the author's file, the file yields to
 * {@code streamset:wal} and {@code streamset:parameters}. The author's text stays as it is; the other values follow it,
 * each with its origin (PostgreSQL takes the last).
 *
 * @param revision changes with every change of either file; the servers tell it as {@code streamset.revision}, so that a
 *     reload can be seen to have happened
 * @param settings every parameter that is set and the value that holds, {@code streamset.revision} apart
 * @param wal how the space for WAL was divided for what is computed of it
 */
public record ConfFiles(
        String postgresqlConf, String pgHbaConf, String revision, Map<String, String> settings, WalBudget wal) {
    public ConfFiles {
        settings = Map.copyOf(settings);
    }

    private static final int CONFIG_MAP_LIMIT_BYTES = 1 << 20; // of the API server, over all keys

    /** Where the servers find the two files. */
    public static final String DIRECTORY = FixedParameters.CONF_DIRECTORY;

    /** Reads, checks and renders the files of a stack. */
    public static ConfFiles of(StackConfig config, Path project, String stack, Problems problems) {
        var source = SourceFile.postgresqlConf(project, stack, problems);
        var file = ConfFile.parse(source, problems);
        FixedParameters.check(source, file, config.parameters(), problems);

        var wal = walBudget(config, source, file, problems);
        var senders = WalSenders.of(config.replicas());
        new Floors(config.parameters(), source, file, problems).check(config.replicas(), senders);
        var added = added(config, file, wal, senders);

        var hbaSource = SourceFile.pgHbaConf(project, stack, problems);
        var hba = HbaFile.render(hbaSource.text(), config.names().podHosts(config.replicas()));
        var conf = file.with(added);
        var revision = Digest.of(conf, hba);
        var files = new ConfFiles(
                conf + new Setting("streamset.revision", revision, "of both files").line() + "\n",
                hba,
                revision,
                effective(file, added),
                wal);
        files.checkSize(problems);
        return files;
    }

    private static WalBudget walBudget(StackConfig config, SourceFile source, ConfFile file, Problems problems) {
        var pinned = Optional.ofNullable(config.parameters().get("wal_keep_size"));
        var written = file.setting("wal_keep_size");
        Optional<ByteSize> keep = pinned.flatMap(ConfFiles::size)
                .or(() -> config.wal().keep().map(Wal.Keep::size))
                .or(() -> written.map(ConfFile.Setting::value).flatMap(ConfFiles::size));
        var wal = WalBudget.of(config.storage().size(), keep);
        if (!wal.fits()) {
            boolean fromFile = pinned.isEmpty() && config.wal().keep().isEmpty() && written.isPresent();
            problems.add(
                    fromFile ? source.line(written.get().line()) : StackConfig.NAMESPACE + ":storage.size",
                    fromFile
                            ? "wal_keep_size = " + written.get().value()
                            : config.storage().size().quantity(),
                    "pg_wal can outgrow its space: " + wal.arithmetic(),
                    "pulumi config set --path 'streamset:storage.size' "
                            + wal.smallestVolume().quantity() + "   (the smallest that would do), or keep less WAL");
        }
        return wal;
    }

    /** What a wal_keep_size says; a bare number of it counts megabytes. Empty for 0 and what PostgreSQL will refuse. */
    private static Optional<ByteSize> size(String text) {
        try {
            return Optional.of(ByteSize.parsePostgres(text.matches("\\d+") ? text + "MB" : text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Setting> added(StackConfig config, ConfFile file, WalBudget wal, WalSenders senders) {
        var added = new TreeMap<String, Setting>();
        ComputedSettings.of(config.replicas(), wal, senders).stream()
                .filter(setting -> file.setting(setting.name()).isEmpty())
                .forEach(setting -> added.put(setting.name(), setting));
        config.wal()
                .keep()
                .ifPresent(keep -> added.put(
                        "wal_keep_size",
                        new Setting("wal_keep_size", keep.size().postgres(), "pinned: streamset:wal")));
        config.parameters()
                .forEach((name, value) -> added.put(name, new Setting(name, value, "pinned: streamset:parameters")));
        if (file.setting("hba_file").isEmpty()) {
            added.put("hba_file", FixedParameters.hbaFile());
        }
        return List.copyOf(added.values());
    }

    private static Map<String, String> effective(ConfFile file, List<Setting> added) {
        Map<String, String> effective = new TreeMap<>();
        file.settings().forEach(setting -> effective.put(setting.name(), setting.value()));
        added.forEach(setting -> effective.put(PostgresParameter.name(setting.name()), setting.value()));
        return effective;
    }

    /**
     * Changes with the effective settings of postgresql.conf, for which servers are restarted; comments and pg_hba.conf
     * leave it alone.
     */
    public String restartDigest() {
        return Digest.of(new TreeMap<>(settings).toString());
    }

    private void checkSize(Problems problems) {
        int bytes = postgresqlConf.getBytes(StandardCharsets.UTF_8).length
                + pgHbaConf.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > CONFIG_MAP_LIMIT_BYTES) {
            problems.add(
                    "ConfigMap",
                    bytes + " bytes",
                    "postgresql.conf and pg_hba.conf together must have at most " + CONFIG_MAP_LIMIT_BYTES + " bytes",
                    "shorten the files; comments count");
        }
    }
}

package streamset.conf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import streamset.catalog.Catalog;
import streamset.catalog.Parameter;
import streamset.conf.hba.HbaChecks;
import streamset.conf.hba.HbaFile;
import streamset.conf.hba.HbaServer;
import streamset.config.Digest;
import streamset.config.StackConfig;
import streamset.problems.Problems;
import streamset.sizing.Budgets;

/**
 * The two files as the servers read them. Three layers: what is computed yields to the author's file, the file yields to
 * {@code streamset:wal} and {@code streamset:parameters}. The author's text stays as it is; the other values follow it,
 * each with its origin (PostgreSQL takes the last).
 *
 * @param revision changes with every change of either file; the servers tell it as {@code streamset.revision}, so that a
 *     reload can be seen to have happened
 * @param settings every parameter that is set, {@code streamset.revision} apart
 * @param budgets the arithmetic that the computed values come from
 */
public record ConfFiles(
        String postgresqlConf, String pgHbaConf, String revision, List<Effective> settings, Budgets budgets) {

    public ConfFiles {
        settings = List.copyOf(settings);
    }

    private static final int CONFIG_MAP_LIMIT_BYTES = 1 << 20; // of the API server, over all keys

    /** Where the servers find the two files. */
    public static final String DIRECTORY = FixedParameters.CONF_DIRECTORY;

    /** Reads, checks and renders the files of a stack. */
    public static ConfFiles of(StackConfig config, Path project, String stack, Problems problems) {
        var catalog = Catalog.of(config.version());
        var source = SourceFile.postgresqlConf(project, stack, problems);
        var file = ConfFile.parse(source, problems);
        var written = WrittenSettings.of(source, file, config, catalog);
        var budgets = checked(config, written, catalog, problems);
        var settings = layered(written, ComputedSettings.of(config, budgets));

        var hbaSource = SourceFile.pgHbaConf(project, stack, problems);
        var podHosts = config.names().podHosts(config.replicas());
        var effective =
                settings.stream().map(setting -> Effective.of(setting, catalog)).toList();
        var server = HbaServer.of(config.version(), canonical(effective));
        var hbaFile = HbaFile.parse(hbaSource, server, problems);
        new HbaChecks(hbaSource, hbaFile, podHosts, server, config.allowTrust(), problems).check();
        var hba = hbaFile.render(podHosts);
        var added = settings.stream()
                .filter(setting -> setting.origin() != Origin.FILE)
                .toList();
        var conf = file.with(added);
        var revision = Digest.of(conf, hba);
        var files = new ConfFiles(
                conf + "streamset.revision = '" + revision + "'  # of both files\n", hba, revision, effective, budgets);
        files.checkSize(problems);
        return files;
    }

    private static Budgets checked(StackConfig config, WrittenSettings written, Catalog catalog, Problems problems) {
        FixedParameters.check(written, problems);
        var checked = new ParameterChecks(catalog, problems).check(written);
        var hashMemMultiplier = Double.parseDouble(catalog.parameter("hash_mem_multiplier")
                .flatMap(Parameter::bootValue)
                .orElseThrow());
        var budgets = Budgets.of(config, hashMemMultiplier, CheckedSetting.overrides(checked));
        new Floors(checked, config, problems).check(budgets);
        new Consistency(checked, config, budgets, problems).check();
        new BudgetChecks(checked, problems).check(budgets);
        return budgets;
    }

    private static Map<String, String> canonical(List<Effective> settings) {
        return settings.stream().collect(Collectors.toMap(Effective::name, Effective::canonical));
    }

    /** What holds, by name. */
    private static List<Setting> layered(WrittenSettings written, List<Setting> computed) {
        var holding = new TreeMap<String, Setting>();
        computed.forEach(setting -> holding.put(setting.name(), setting));
        written.holding().values().forEach(value -> holding.put(value.name(), value.setting()));
        holding.putIfAbsent("hba_file", FixedParameters.hbaFile());
        return List.copyOf(holding.values());
    }

    /** Changes with what only a restart can change, for which servers are restarted. */
    public String restartDigest() {
        return Digest.of(settings.stream()
                .filter(setting -> setting.restart() && !setting.standard())
                .map(setting -> setting.name() + "=" + setting.canonical())
                .toArray(String[]::new));
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

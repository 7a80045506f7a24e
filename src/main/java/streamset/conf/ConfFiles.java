package streamset.conf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import streamset.catalog.Catalog;
import streamset.catalog.Parameter;
import streamset.conf.hba.HbaFile;
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
        var given = GivenSettings.of(source, file, config, catalog);
        var budgets = checked(config, given, catalog, problems);
        var settings = layered(given, ComputedSettings.of(config, budgets));

        var effective =
                settings.stream().map(setting -> Effective.of(setting, catalog)).toList();
        var hbaFile = HbaFile.parse(SourceFile.pgHbaConf(project, stack, problems), config.version(), problems);
        if (!config.allowTrust()) {
            hbaFile.refuseTrust(problems);
        }
        var hba = hbaFile.render(config.names().podHosts(config.replicas()));
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

    private static Budgets checked(StackConfig config, GivenSettings given, Catalog catalog, Problems problems) {
        FixedParameters.check(given, problems);
        var meant = new ParameterChecks(catalog, problems).check(given);
        var hashMemMultiplier = Double.parseDouble(catalog.parameter("hash_mem_multiplier")
                .flatMap(Parameter::bootValue)
                .orElseThrow());
        var budgets = Budgets.of(config, hashMemMultiplier, Meant.wishes(meant));
        new Floors(meant, config, problems).check(budgets);
        new Consistency(meant, config, budgets, problems).check();
        new BudgetChecks(meant, problems).check(budgets);
        return budgets;
    }

    /** What holds, by name. */
    private static List<Setting> layered(GivenSettings given, List<Setting> computed) {
        var holding = new TreeMap<String, Setting>();
        computed.forEach(setting -> holding.put(setting.name(), setting));
        given.holding().values().forEach(value -> holding.put(value.name(), value.setting()));
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

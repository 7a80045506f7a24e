package streamset.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.conf.ConfFiles;
import streamset.config.Names;
import streamset.config.Rule;
import streamset.node.Labels;
import streamset.objects.KubernetesObjects;
import streamset.settings.ServerSettings;
import tools.jackson.databind.JsonNode;

/** Rules on the settings of the servers, as their ConfigMap has them. */
final class ConfRules {
    private static final List<ParameterName> DURABLE = List.of(ParameterName.FSYNC, ParameterName.FULL_PAGE_WRITES);
    private static final Set<String> ON_DISK_OF_STANDBY = Set.of("on", "remote_apply"); // of synchronous_commit

    private ConfRules() {}

    static Stream<Breach> breaches(JsonNode object) {
        var version = Optional.ofNullable(
                        KubernetesObjects.texts(object, "/metadata/labels").get(Labels.MAJOR_VERSION))
                .filter(text -> text.matches("1[4-8]"))
                .map(Integer::parseInt);
        var file = Optional.ofNullable(KubernetesObjects.texts(object, "/data").get(ConfFiles.POSTGRESQL_CONF));
        boolean isCandidate = KubernetesObjects.text(object, "/metadata/name")
                .map(Names::isCandidate)
                .orElse(false); // the same files, for the Job that checks them
        if (version.isEmpty() || file.isEmpty() || isCandidate) {
            return Stream.empty();
        }
        var settings = ServerSettings.of(file.get(), version.get());
        var hba = KubernetesObjects.texts(object, "/data").getOrDefault(ConfFiles.PG_HBA_CONF, "");
        return Stream.<Function<String, Stream<Breach>>>of(
                        where -> durable(where, settings),
                        where -> synchronous(where, settings, PatroniRules.apply(object)),
                        where -> scram(where, settings),
                        where -> AccessRules.breaches(where, hba, version.get()))
                .flatMap(rule -> rule.apply(ObjectWords.of(object)));
    }

    private static Stream<Breach> durable(String where, ServerSettings settings) {
        var off = DURABLE.stream()
                .filter(name -> settings.value(name).canonical().equals("off"))
                .map(name -> breach(Rule.DURABLE_COMMITS, where, settings, name, "on"));
        return Stream.concat(
                off,
                commit(settings).equals("off")
                        ? Stream.of(breach(
                                Rule.DURABLE_COMMITS, where, settings, ParameterName.SYNCHRONOUS_COMMIT, "local"))
                        : Stream.empty());
    }

    private static Stream<Breach> synchronous(String where, ServerSettings settings, boolean isPatronis) {
        if (!isPatronis
                && settings.value(ParameterName.SYNCHRONOUS_STANDBY_NAMES)
                        .canonical()
                        .isEmpty()) {
            return Stream.of(new Breach(
                    Rule.SYNCHRONOUS_STANDBY,
                    where,
                    "a commit waits for no standby",
                    Breach.KEYS.set("synchronous.standbys", "1")));
        }
        return ON_DISK_OF_STANDBY.contains(commit(settings))
                ? Stream.empty()
                : Stream.of(breach(Rule.SYNCHRONOUS_STANDBY, where, settings, ParameterName.SYNCHRONOUS_COMMIT, "on"));
    }

    private static Stream<Breach> scram(String where, ServerSettings settings) {
        var method = settings.value(ParameterName.PASSWORD_ENCRYPTION).canonical();
        return method.equals("scram-sha-256")
                ? Stream.empty()
                : Stream.of(
                        breach(Rule.SCRAM_ONLY, where, settings, ParameterName.PASSWORD_ENCRYPTION, "scram-sha-256"));
    }

    private static String commit(ServerSettings settings) {
        return settings.value(ParameterName.SYNCHRONOUS_COMMIT).canonical();
    }

    private static Breach breach(
            Rule rule, String where, ServerSettings settings, ParameterName parameter, String value) {
        return new Breach(
                rule,
                where,
                parameter + " is " + settings.value(parameter).shown(),
                Breach.KEYS.set("parameters." + parameter, value));
    }
}

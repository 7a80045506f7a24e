package streamset.config;

import java.util.regex.Pattern;
import streamset.problems.ConfigCommand;
import streamset.problems.ConfigEdit;
import streamset.problems.Problem;

/**
 * Where people write the settings of a cluster. The program calls every key {@code streamset:<key>}; this brings its messages
 * into the words of that place.
 */
public sealed interface ConfigOrigin {
    /** The namespace {@code streamset} of the stack's configuration. */
    ConfigOrigin OWN = new StackKeys(StackConfig.NAMESPACE);

    /**
     * A namespace of the stack's configuration, which {@code pulumi config} changes.
     *
     * @param namespace what stands in front of the colon
     */
    record StackKeys(String namespace) implements ConfigOrigin {
        @Override
        public String words(String text) {
            var commands = ConfigCommand.renamed(text, StackConfig.NAMESPACE, namespace);
            return MENTIONED.matcher(commands).replaceAll(namespace + ":");
        }

        @Override
        public String key(String key) {
            return namespace + ":" + key;
        }
    }

    /**
     * A text, which people edit.
     *
     * @param location of the text, for messages
     */
    record Text(String location) implements ConfigOrigin {
        @Override
        public String words(String text) {
            return MENTIONED.matcher(ConfigCommand.replaced(text, this::edit)).replaceAll("");
        }

        private String edit(ConfigCommand.Written command, String itself) {
            if (!command.key().startsWith(OWN_KEYS)) {
                return itself;
            }
            if (command.key().equals(OWN_KEYS + CertificateSeed.KEY)) {
                return "RawConfig.withCertificateSeed";
            }
            return command.isSecret()
                    ? "RawConfig.withPasswords; or secretName: <an existing Secret> in " + location
                    : ConfigEdit.text(command).replaceFirst(OWN_KEYS, "") + " in " + location;
        }

        @Override
        public String key(String key) {
            return location + ": " + key;
        }
    }

    /** The form in which the program writes keys. */
    String OWN_KEYS = StackConfig.NAMESPACE + ":";

    /** Keys in the middle of a sentence. Only those that exist: an image may be called {@code streamset}, too. */
    Pattern MENTIONED = Pattern.compile(
            "(?<![\\w./-])" + OWN_KEYS
                    + "(?=(name|namespace|createNamespace|certificateSeed|clusterDomain|replicas|primary|failover|failoverTimes|lost|keepDiverged|synchronous|version|image"
                    + "|runAsUser|resources|scheduling|imagePullSecrets|services|clients|storage|wal|metrics|backup|restore|parameters|databases|allowTrust|passwords|secretName|tls|keepVolumes|waivers)\\b)");

    /** A message in which the keys of the program are those of this place, and commands that change them do so here. */
    String words(String text);

    /** @param key without its namespace */
    String key(String key);

    /** The same for a whole problem. */
    default Problem words(Problem problem) {
        var subject = problem.subject();
        return new Problem(
                subject.startsWith(OWN_KEYS) ? key(subject.substring(OWN_KEYS.length())) : subject,
                problem.value(),
                words(problem.reason()),
                words(problem.fix()));
    }
}

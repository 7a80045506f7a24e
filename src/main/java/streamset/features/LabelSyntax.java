package streamset.features;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import streamset.config.KubernetesName;
import streamset.config.Section;

/** Kubernetes' rules for labels. */
public final class LabelSyntax {
    private static final int NAME_LIMIT = 63; // characters, of the name of a label and of its value
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    private LabelSyntax() {}

    /**
     * @return the text itself
     * @throws IllegalArgumentException when it cannot be the key of a label
     */
    public static String key(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            try {
                KubernetesName.subdomain(text.substring(0, slash));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "is not the key of a label: what stands before '/' " + e.getMessage(), e);
            }
        }
        if (!isName(text.substring(slash + 1))) {
            throw new IllegalArgumentException("is not the key of a label: perhaps a DNS name and '/', then at most "
                    + NAME_LIMIT + " letters, digits, '-', '_' and '.', a letter or digit at both ends");
        }
        return text;
    }

    /**
     * @return the text itself
     * @throws IllegalArgumentException when it cannot be the value of a label
     */
    public static String value(String text) {
        if (!text.isEmpty() && !isName(text)) {
            throw new IllegalArgumentException("is not the value of a label: at most " + NAME_LIMIT
                    + " letters, digits, '-', '_' and '.', a letter or digit at both ends");
        }
        return text;
    }

    private static boolean isName(String text) {
        return text.length() <= NAME_LIMIT && NAME.matcher(text).matches();
    }

    /** Labels with their values. */
    public static Map<String, String> labels(Section fields) {
        var labels = new TreeMap<String, String>();
        for (String key : fields.names()) {
            var value = fields.value(key, LabelSyntax::value, "", "<value>");
            try {
                labels.put(key(key), value);
            } catch (IllegalArgumentException e) {
                fields.problem(key, value, e.getMessage(), fields.removeCommand(key));
            }
        }
        return labels;
    }
}

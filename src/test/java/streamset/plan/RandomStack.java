package streamset.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import streamset.config.StackDraft;

/** Stack files that differ in some keys, most of them such as can be deployed. */
record RandomStack(Random random) {
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("kubernetes:context", List.of("kind", "other"));
        VALUES.put("name", List.of("postgresql", "orders"));
        VALUES.put("namespace", List.of("postgresql", "shop"));
        VALUES.put("clusterDomain", List.of("cluster.local", "k.test"));
        VALUES.put("createNamespace", List.of("true", "false"));
        VALUES.put("keepVolumes", List.of("true", "false"));
        VALUES.put("keepDiverged", List.of("true", "false"));
        VALUES.put("replicas", List.of("1", "3", "5"));
        VALUES.put("primary", List.of("0", "1", "2", "4"));
        VALUES.put("lost", List.of("[]", "[0]", "[1]", "[2]", "[1,2]"));
        VALUES.put("synchronous", List.of("{}", "{\"standbys\":1}", "{\"standbys\":2}"));
        VALUES.put("version", List.of("18", "17", "14"));
        VALUES.put(
                "image",
                List.of(
                        "",
                        "mine:latest",
                        "mine:v18",
                        "mine@sha256:" + "9".repeat(64),
                        "mine@sha256:" + "8".repeat(64)));
        VALUES.put(
                "resources",
                List.of(
                        "{\"cpu\":\"1\",\"memory\":\"2Gi\"}",
                        "{\"cpu\":\"1500m\",\"memory\":\"2Gi\"}",
                        "{\"cpu\":\"1\",\"memory\":\"4Gi\"}",
                        "{\"cpu\":\"1\",\"memory\":\"2Gi\",\"hugePages\":\"1Gi\"}"));
        VALUES.put(
                "scheduling",
                List.of(
                        "{}",
                        "{\"spread\":{\"hosts\":\"hard\",\"zones\":\"soft\"}}",
                        "{\"nodeSelector\":{\"disktype\":\"nvme\"},\"tolerations\":[{\"operator\":\"Exists\"}]}"));
        VALUES.put(
                "databases",
                List.of(
                        "{}",
                        "{\"orders\":{}}",
                        "{\"orders\":{\"owner\":\"shop\",\"readers\":[\"reports\"]},\"$(x) $$\":{\"owner\":\"shop\"}}"));
        VALUES.put("imagePullSecrets", List.of("[]", "[\"registry\"]", "[\"mirror\",\"registry\"]"));
        VALUES.put(
                "services",
                List.of(
                        "{}",
                        "{\"type\":\"LoadBalancer\"}",
                        "{\"type\":\"LoadBalancer\",\"annotations\":{\"metallb.io/address-pool\":\"inside\"}}"));
        VALUES.put(
                "clients",
                List.of(
                        "[]",
                        "[{\"podSelector\":{}}]",
                        "[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\"}},{\"namespaceSelector\":{}}]"));
        VALUES.put(
                "metrics",
                List.of(
                        "{}",
                        "{\"enabled\":\"true\"}",
                        "{\"enabled\":\"true\",\"port\":\"9100\"}",
                        "{\"enabled\":\"true\",\"rules\":\"prometheusRule\"}"));
        VALUES.put("backup", List.of("{}", backup("backups"), backup("others")));
        VALUES.put(
                "storage",
                List.of(
                        "{\"size\":\"10Gi\"}",
                        "{\"size\":\"20Gi\"}",
                        "{\"size\":\"10Gi\",\"kind\":\"hdd\"}",
                        "{\"size\":\"10Gi\",\"className\":\"fast\"}"));
        VALUES.put(
                "wal",
                List.of(
                        "{}",
                        "{\"keepSize\":\"304MB\"}",
                        "{\"keepSegments\":\"20\"}",
                        "{\"share\":\"30%\"}",
                        "{\"standbyOutage\":\"2m\",\"writeRate\":\"4MB\"}",
                        "{\"volume\":{\"size\":\"4Gi\"}}",
                        "{\"volume\":{\"size\":\"8Gi\"}}",
                        "{\"segmentSize\":\"32MB\"}"));
        VALUES.put(
                "parameters",
                List.of(
                        "{}",
                        "{\"work_mem\":\"1MB\"}",
                        "{\"work_mem\":\"1024kB\"}",
                        "{\"max_connections\":\"50\"}",
                        "{\"log_statement\":\"none\"}",
                        "{\"my_extension.level\":\"2\"}"));
        VALUES.put("secretName", List.of("passwords", "others"));
    }

    private static String backup(String bucket) {
        return "{\"bucket\":\"" + bucket
                + "\",\"endpoint\":\"s3.example.org\",\"secretName\":\"backup\",\"image\":\"pgbackrest:18\"}";
    }

    /** A stack, and one that differs from it in a few keys. */
    List<StackDraft> pair() {
        var before = values(3);
        var after = new LinkedHashMap<>(before);
        for (int key = 1 + random.nextInt(3); key > 0; key--) {
            change(after);
        }
        return List.of(draft(before), draft(after));
    }

    private Map<String, String> values(int changes) {
        var values = new LinkedHashMap<String, String>();
        VALUES.forEach((key, choices) -> values.put(key, choices.get(0)));
        values.put("replicas", "3");
        for (int key = 0; key < changes; key++) {
            change(values);
        }
        return values;
    }

    private void change(Map<String, String> values) {
        var keys = List.copyOf(VALUES.keySet());
        var key = keys.get(random.nextInt(keys.size()));
        var choices = VALUES.get(key);
        values.put(key, choices.get(random.nextInt(choices.size())));
    }

    private static StackDraft draft(Map<String, String> values) {
        var draft = StackDraft.empty();
        values.forEach(draft::with);
        return draft;
    }
}

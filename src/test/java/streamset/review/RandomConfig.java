package streamset.review;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Configurations of which every value is right or nearly so, as somebody may write them. */
final class RandomConfig {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JSON.getNodeFactory();

    private static final List<String> NAMES = List.of(
            "\"postgresql\"",
            "\"a\"",
            "\"a-b\"",
            "\"-a\"",
            "\"a-\"",
            "\"A\"",
            "\"a_b\"",
            "\"a.b\"",
            "\"a..b\"",
            "\"1a\"",
            "\"default\"",
            "\"kube-x\"",
            "\"kubernetes\"",
            "\"openshift\"",
            "7",
            "1.5",
            "-1",
            "true",
            "null",
            "\"\"",
            "\" \"",
            "\"" + "a".repeat(41) + "\"",
            "\"" + "a".repeat(42) + "\"",
            "\"" + "a".repeat(64) + "\"",
            "[]",
            "{}",
            "{\"a\":1}",
            "{\"secure\":\"v1:x\"}",
            "\"a\\n\"");
    private static final List<String> FLAGS =
            List.of("true", "false", "\"true\"", "\"false\"", "\"yes\"", "\"True\"", "1", "null", "\"\"", "[]", "{}");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "13",
            "14",
            "17",
            "18",
            "19",
            "99",
            "997",
            "998",
            "999",
            "1000",
            "1001",
            "999999999",
            "1000000000",
            "1000000",
            "1000001",
            "-1",
            "1.5",
            "\"3\"",
            "\"03\"",
            "\"0\"",
            "\"+3\"",
            "\"4\"",
            "\"14\"",
            "\"0000000003\"",
            "\"018\"",
            "\"999\"",
            "\"1000\"",
            "\"998\"",
            "\"1000000\"",
            "\"three\"",
            "\" 3\"",
            "true",
            "null",
            "\"\"",
            "[]",
            "[3]",
            "{}",
            "{\"secure\":\"v1:x\"}");
    private static final List<String> LISTS = List.of(
            "[]", "[0]", "[1,2]", "[\"1\"]", "[998]", "[999]", "[1.5]", "[true]", "[null]", "[\"\"]", "[[1]]", "[{}]",
            "{}", "\"[0]\"", "0", "null");
    private static final List<String> METRICS = List.of(
            "{}",
            "{\"enabled\":true}",
            "{\"enabled\":\"false\",\"port\":9100}",
            "{\"enabled\":\"maybe\"}",
            "{\"port\":9100}",
            "{\"enabled\":true,\"port\":80}",
            "{\"enabled\":true,\"port\":5432}",
            "{\"enabled\":true,\"image\":\"mirror.example.org/exporter:v1\"}",
            "{\"enabled\":true,\"image\":\"Not An Image\"}",
            "{\"enabled\":true,\"clients\":[{\"podSelector\":{}}]}",
            "{\"enabled\":true,\"clients\":[{}]}",
            "{\"enabled\":true,\"rules\":\"none\",\"labels\":{\"prometheus\":\"shared\"}}",
            "{\"enabled\":true,\"rules\":\"prometheusRule\",\"labels\":{\"-\":\"+\"}}",
            "{\"enabled\":true,\"dashboard\":false}",
            "{\"enabled\":true,\"dashboard\":\"maybe\"}",
            "{\"enable\":true}",
            "[]",
            "true");
    private static final String STORED =
            "\"bucket\":\"backups\",\"endpoint\":\"s3.example.org\",\"secretName\":\"backup\",\"image\":\"mirror.example.org/pgbackrest:18\"";
    private static final String READ =
            "\"from\":{\"bucket\":\"backups\",\"endpoint\":\"s3.example.org:9000\",\"path\":\"/others/orders\",\"secretName\":\"backup\"}";
    private static final List<String> BACKUPS = List.of(
            "{}",
            "{" + STORED + "}",
            "{" + STORED
                    + ",\"schedule\":\"0 2 * * SUN\",\"incremental\":\"none\",\"verify\":\"*/15 1-3 1,15 JAN-MAR *\",\"restoreTest\":\"none\"}",
            "{" + STORED + ",\"schedule\":\"none\"}",
            "{" + STORED + ",\"schedule\":\"0 24 * * *\"}",
            "{" + STORED + ",\"verify\":\"0 5-3 * * *\"}",
            "{" + STORED + ",\"verify\":\"@daily\"}",
            "{" + STORED + ",\"restoreTest\":\"weekly\"}",
            "{" + STORED + ",\"keep\":\"30d\",\"encryption\":false,\"region\":\"eu-central-1\",\"uriStyle\":\"host\"}",
            "{" + STORED + ",\"keep\":2}",
            "{" + STORED + ",\"keep\":\"3651d\"}",
            "{" + STORED + ",\"outage\":\"2h\"}",
            "{" + STORED + ",\"path\":\"/a/../b\"}",
            "{" + STORED + ",\"path\":\"/a/b.c\",\"caSecretName\":\"ca\"}",
            "{" + STORED + ",\"resources\":{\"cpu\":\"1\",\"memory\":\"256Mi\"}}",
            "{" + STORED + ",\"resources\":{\"memory\":\"32Mi\"}}",
            "{\"bucket\":\"backups\"}",
            "{\"endpoint\":\"https://s3.example.org/\"}",
            "{\"bucket\":\"B\",\"endpoint\":\"http://s3.example.org\",\"secretName\":\"-\",\"image\":\"Not An Image\"}",
            "{\"bucket\":\"backups\",\"endpoint\":\"s3.example.org:99999\",\"secretName\":\"b\",\"image\":\"i\"}",
            "{\"buckets\":\"backups\"}",
            "[]");
    private static final List<String> RESTORES = List.of(
            "{}",
            "{" + READ + ",\"image\":\"pgbackrest:18\",\"latest\":true}",
            "{" + READ + ",\"image\":\"pgbackrest:18\",\"time\":\"2026-11-27 12:00:00+00\"}",
            "{" + READ + ",\"image\":\"pgbackrest:18\",\"time\":\"2026-11-27 12:00:00\"}",
            "{" + READ + ",\"image\":\"pgbackrest:18\",\"time\":\"2026-02-30 12:00:00.5-03:30\"}",
            "{" + READ + ",\"image\":\"pgbackrest:18\",\"lsn\":\"0/3000148\"}",
            "{" + READ + ",\"image\":\"pgbackrest:18\",\"lsn\":\"0/3000148\",\"name\":\"before\"}",
            "{" + READ + ",\"image\":\"pgbackrest:18\",\"latest\":false}",
            "{" + READ + ",\"image\":\"pgbackrest:18\"}",
            "{" + READ + ",\"latest\":true}",
            "{\"from\":{\"bucket\":\"backups\"},\"name\":\"before the change\"}",
            "true");
    private static final List<String> IMAGES = List.of(
            "\"postgres\"",
            "\"postgres:18\"",
            "\"postgres:17\"",
            "\"docker.io/library/postgres:18.1-bookworm\"",
            "\"Postgres\"",
            "\"a b\"",
            "\"a:\"",
            "\"a/\"",
            "\"/a\"",
            "\"a@sha256:" + "0f".repeat(32) + "\"",
            "\"a@sha256:0f\"",
            "\"a:b:c\"",
            "\"a:-b\"",
            "5",
            "true",
            "\"\"",
            "null",
            "[]",
            "{}");
    private static final List<String> SIZES = List.of(
            "\"152MB\"",
            "\"152 MB\"",
            "\" 1GB \"",
            "\"1TB\"",
            "\"1kB\"",
            "\"16MB\"",
            "\"016MB\"",
            "\"16384kB\"",
            "\"17MB\"",
            "\"1GB\"",
            "\"2GB\"",
            "\"1024MB\"",
            "\"1048576B\"",
            "\"0MB\"",
            "\"100GB\"",
            "\"101GB\"",
            "\"102400MB\"",
            "\"102401MB\"",
            "\"107374182400B\"",
            "\"107374182401B\"",
            "\"4294967295GB\"",
            "\"4294967296GB\"",
            "\"4194303TB\"",
            "\"4194304TB\"",
            "\"1.5GB\"",
            "\"1Mi\"",
            "\"MB\"",
            "\"2MB/s\"",
            "\"2MB / s\"",
            "\"1000000000000MB\"",
            "16",
            "1.5",
            "true",
            "null",
            "\"\"",
            "[]",
            "{}",
            "{\"secure\":\"v1:x\"}");
    private static final List<String> QUANTITIES = List.of(
            "\"10Gi\"",
            "\"512Mi\"",
            "\"1.5Gi\"",
            "\"1.5\"",
            "\"2.0\"",
            "\"1e3\"",
            "\"1073741824\"",
            "\"1G\"",
            "\"1GB\"",
            "\" 1Gi \"",
            "\"0Gi\"",
            "\"0.0\"",
            "\"-1Gi\"",
            "\"Gi\"",
            "\"1 Gi\"",
            "\"500m\"",
            "\"2\"",
            "\"0.5\"",
            "\"0.0005\"",
            "\"1.5m\"",
            "\"1.0m\"",
            "\"0m\"",
            "0.5",
            "2",
            "0",
            "-1",
            "0.001",
            "0.0001",
            "1073741824",
            "true",
            "null",
            "\"\"",
            "\" \"",
            "[]",
            "{}",
            "{\"secure\":\"v1:x\"}");
    private static final List<String> TIMES = List.of(
            "\"30m\"",
            "\"30min\"",
            "\"90s\"",
            "\"2h\"",
            "\"1d\"",
            "\"365d\"",
            "\"366d\"",
            "\"8760h\"",
            "\"8761h\"",
            "\"525600m\"",
            "\"525601min\"",
            "\"999999s\"",
            "\"1000000s\"",
            "\"0s\"",
            "\"030m\"",
            "\" 30 m \"",
            "\"30\"",
            "\"1w\"",
            "\"1.5h\"",
            "30",
            "null",
            "\"\"",
            "[]");
    private static final List<String> SHARES = List.of(
            "\"20%\"",
            "\"20 %\"",
            "\"20\"",
            "20",
            "\"05%\"",
            "\"5%\"",
            "\"4%\"",
            "\"80%\"",
            "\"81%\"",
            "\"020%\"",
            "4",
            "5",
            "80",
            "81",
            "20.5",
            "\"20%%\"",
            "\" 20\"",
            "null",
            "\"\"",
            "true",
            "[]");
    private static final List<String> WORDS =
            List.of("\"ssd\"", "\"hdd\"", "\"SSD\"", "\"tape\"", "5", "true", "null", "\"\"", "[]", "{}");
    private static final List<String> REASONS = List.of(
            "\"nobody reads this\"",
            "\"nobody else's name is in it: ünïcode … 漢字\"",
            "\"" + "x".repeat(300) + "\"",
            "\"" + "x".repeat(301) + "\"",
            "\"ten chars.\"",
            "\"nine char\"",
            "\" begins with a blank\"",
            "\"ends with a blank \"",
            "\"has two\\nlines of text\"",
            "\"has a\\ttab in it\"",
            "\"todo\"",
            "\"\"",
            "12345678901",
            "\"1234567890123\"",
            "\"-1.2345678e+300\"",
            "\"12345678901 of them\"",
            "1e300",
            "true",
            "null",
            "[]",
            "{}");
    private static final List<String> PARAMETERS = List.of(
            "\"8MB\"",
            "5",
            "1.5",
            "true",
            "null",
            "\"\"",
            "\"a\\nb\"",
            "\"a\\rb\"",
            "\"a\\u0000b\"",
            "[]",
            "{\"max\":5}",
            "{\"max\":\"a\\nb\"}",
            "{\"a.b\":1}",
            "{\"a b\":1}",
            "{\"max\":[]}",
            "{\"max\":{}}",
            "{\"secure\":\"v1:x\"}");
    private static final List<String> PARAMETER_NAMES = List.of(
            "work_mem", "Work_Mem", "pg_stat_statements", "pg_stat_statements.max", "a b", "1a", "a.b.c", "é", "");
    private static final List<String> FAILOVERS =
            List.of("\"declared\"", "\"automatic\"", "\"Automatic\"", "\"\"", "null", "true", "[]", "{}");
    private static final List<String> SECRETS = List.of(
            "{}",
            "{\"postgres\":{\"secure\":\"v1:x\"},\"replicator\":{\"secure\":\"v1:y\"}}",
            "{\"postgres\":{\"secure\":\"v1:x\"}}",
            "{\"postgres\":\"a\",\"replicator\":\"b\"}",
            "{\"secure\":\"v1:x\"}",
            "{\"postgres\":{\"secure\":\"v1:x\"},\"replicator\":{\"secure\":\"v1:y\"},\"other\":{\"secure\":\"v1:z\"}}",
            "\"a\"",
            "[]",
            "null");
    private static final List<String> SEEDS = List.of(
            "{\"secure\":\"v1:x\"}", "{\"secure\":\"v1:x\"}", "\"a\"", "\"\"", "\" \"", "{}", "[]", "7", "null");
    private static final List<String> CONTEXTS = List.of(
            "\"prod\"",
            "\"prod\"",
            "\"prod\"",
            "\"prod\"",
            "\"prod\"",
            "\"prod\"",
            "\"a b\"",
            "5",
            "true",
            "\"\"",
            "null",
            "[]",
            "{}",
            "{\"a\":1}");
    private static final List<String> SPREADS = List.of(
            "{\"hosts\":\"hard\"}",
            "{\"hosts\":\"Hard\"}",
            "{\"zones\":\"soft\",\"hosts\":null}",
            "{\"zones\":\"\"}",
            "{\"racks\":\"soft\"}",
            "null",
            "[]",
            "5");
    private static final List<String> LABELS = List.of(
            "{\"disktype\":\"nvme\"}",
            "{\"example.org/a_b.c\":\"\",\"b\":true,\"c\":1.5,\"d\":null}",
            "{\"a/b/c\":\"x\"}",
            "{\"-a\":\"x\"}",
            "{\"Example.org/a\":\"x\"}",
            "{\"a\":\"-x\"}",
            "{\"a\":-1}",
            "{\"a\":[]}",
            "{\"\":\"x\"}",
            "{\"" + "a".repeat(63) + "\":\"" + "b".repeat(63) + "\"}",
            "{\"" + "a".repeat(64) + "\":\"x\"}",
            "null",
            "[]",
            "5");
    private static final List<String> TOLERATIONS = List.of(
            "[]",
            "[{\"operator\":\"Exists\"}]",
            "[{\"key\":\"a\",\"value\":\"b\",\"effect\":\"NoSchedule\"},{\"key\":5,\"operator\":\"Exists\"}]",
            "[{\"key\":\"a\",\"effect\":\"NoExecute\",\"tolerationSeconds\":30}]",
            "[{\"key\":\"a\",\"tolerationSeconds\":30}]",
            "[{\"key\":\"a b\"}]",
            "[{\"operator\":\"exists\"}]",
            "[{\"value\":\"a\"}]",
            "[{\"key\":\"a\",\"other\":\"b\"}]",
            "[5]",
            "[null]",
            "{}",
            "5",
            "null");
    private static final List<String> AFFINITIES = List.of(
            "{}",
            "null",
            "[]",
            "{\"nodeAffinity\":{}}",
            "{\"nodeAffinity\":null}",
            "{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{}}}",
            "{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":[]}}}",
            "{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":["
                    + "{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Gt\",\"values\":[5]}]}]}}}",
            "{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":["
                    + "{\"matchExpressions\":[]}]}}}",
            "{\"nodeAffinity\":{\"preferredDuringSchedulingIgnoredDuringExecution\":[{\"weight\":\"7\",\"preference\":"
                    + "{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"In\",\"values\":[\"b\",null,true]}]}}]}}",
            "{\"nodeAffinity\":{\"preferredDuringSchedulingIgnoredDuringExecution\":[{\"weight\":101,\"preference\":"
                    + "{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Exists\"}]}}]}}",
            "{\"podAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{\"topologyKey\":\"a\","
                    + "\"labelSelector\":{\"matchLabels\":{\"a\":\"b\"}},\"namespaces\":[\"x\"],\"namespaceSelector\":null}]}}",
            "{\"podAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{\"topologyKey\":\"a\"}]}}",
            "{\"podAntiAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":[{\"topologyKey\":\"a\","
                    + "\"labelSelector\":{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Gt\",\"values\":[5]}]}}]}}",
            "{\"podAntiAffinity\":{\"preferredDuringSchedulingIgnoredDuringExecution\":[{\"weight\":1,"
                    + "\"podAffinityTerm\":{\"topologyKey\":\"a b\",\"labelSelector\":{}}}]}}",
            "{\"zoneAffinity\":{}}");
    private static final List<String> TYPES = List.of(
            "\"ClusterIP\"", "\"LoadBalancer\"", "\"LoadBalancer\"", "\"NodePort\"", "\"\"", "null", "true", "[]");
    private static final List<String> ANNOTATIONS = List.of(
            "{}",
            "null",
            "[]",
            "{\"networking.gke.io/load-balancer-type\":\"Internal\"}",
            "{\"networking.gke.io/load-balancer-type\":\"External\"}",
            "{\"service.beta.kubernetes.io/aws-load-balancer-internal\":true}",
            "{\"service.beta.kubernetes.io/azure-load-balancer-internal\":\"true\"}",
            "{\"service.beta.kubernetes.io/azure-load-balancer-internal\":false}",
            "{\"metallb.io/address-pool\":5,\"networking.gke.io/load-balancer-type\":null}",
            "{\"external-dns/hostname\":\"a\"}");
    private static final List<String> RANGES = List.of(
            "[]",
            "[\"10.0.0.0/8\"]",
            "[\"10.0.0.0/8\",\"fd00::/8\"]",
            "[\"10.0.0.0\"]",
            "[\"10.0.0.0/33\"]",
            "[\"fd00::1::/8\"]",
            "[5]",
            "[null]",
            "[{}]",
            "{}",
            "null");
    private static final List<String> PEERS = List.of(
            "[]",
            "[{\"podSelector\":{\"matchLabels\":{\"app\":\"shop\"}},\"namespaceSelector\":{}}]",
            "[{\"podSelector\":{}},{\"namespaceSelector\":{\"matchExpressions\":[{\"key\":\"team\",\"operator\":\"Exists\"}]}}]",
            "[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\",\"except\":[\"10.1.0.0/16\"]},\"podSelector\":null}]",
            "[{\"ipBlock\":{\"cidr\":\"fd00::/8\",\"except\":null}}]",
            "[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\",\"except\":[\"11.0.0.0/16\"]}}]",
            "[{\"ipBlock\":{\"cidr\":\"10.0.0.0/33\"}}]",
            "[{\"ipBlock\":{}}]",
            "[{\"ipBlock\":{\"cidr\":\"10.0.0.0/8\"},\"podSelector\":{}}]",
            "[{\"podSelector\":{\"app\":\"shop\"}}]",
            "[{\"podSelector\":{\"matchLabels\":{\"a b\":\"c\"}}}]",
            "[{\"podSelector\":null}]",
            "[{}]",
            "[\"shop\"]",
            "[null]",
            "{}",
            "null");
    private static final List<String> ROLES = List.of(
            "\"orders\"",
            "\"Orders-2.x\"",
            "\"a b\"",
            "\"postgres\"",
            "\"pg_x\"",
            "\"..a\"",
            "5",
            "true",
            "null",
            "\"\"",
            "[]");
    private static final List<String> READERS = List.of(
            "[]",
            "[\"reader\"]",
            "[\"reader\",\"orders\"]",
            "[\"a\",\"a\"]",
            "[\"none\"]",
            "[5]",
            "[null]",
            "[{}]",
            "{}",
            "null");
    private static final List<String> EXTENSIONS = List.of(
            "[]", "[\"pg_trgm\"]", "[\"uuid-ossp\",\"citext\"]", "[\"postgis\"]", "[\"\"]", "[5]", "{}", "null");
    private static final List<String> DATABASE_NAMES = List.of(
            "orders",
            "Orders 2",
            "it's",
            "a\"b",
            "a\\b",
            "template1",
            "streamset.x",
            "",
            "a\nb",
            "a\u00a0b",
            "x".repeat(63),
            "€".repeat(22));
    private static final List<String> SECRET_NAMES = List.of(
            "[]",
            "[\"registry\"]",
            "[\"a\",\"b.c\"]",
            "[\"a\",\"a\"]",
            "[\"A\"]",
            "[5]",
            "[true]",
            "[\"\"]",
            "[null]",
            "[[]]",
            "{}",
            "null");
    private static final Map<String, Map<String, List<String>>> OBJECTS = Map.of(
            "resources", Map.of("cpu", QUANTITIES, "memory", QUANTITIES, "hugePages", QUANTITIES, "gpu", NUMBERS),
            "storage", Map.of("size", QUANTITIES, "className", NAMES, "kind", WORDS, "classname", NAMES),
            "synchronous", Map.of("standbys", NUMBERS, "names", NUMBERS),
            "scheduling",
                    Map.of(
                            "spread",
                            SPREADS,
                            "priorityClassName",
                            NAMES,
                            "nodeSelector",
                            LABELS,
                            "tolerations",
                            TOLERATIONS,
                            "affinity",
                            AFFINITIES,
                            "spreads",
                            SPREADS),
            "tls",
                    Map.of(
                            "secretName",
                            NAMES,
                            "generate",
                            FLAGS,
                            "required",
                            FLAGS,
                            "clientSecretName",
                            NAMES,
                            "clientCertificates",
                            FLAGS),
            "database", Map.of("owner", ROLES, "readers", READERS, "extensions", EXTENSIONS, "reader", READERS),
            "services",
                    Map.of(
                            "type",
                            TYPES,
                            "annotations",
                            ANNOTATIONS,
                            "loadBalancerSourceRanges",
                            RANGES,
                            "externalIPs",
                            RANGES),
            "wal",
                    Map.of(
                            "keepSize",
                            SIZES,
                            "keepSegments",
                            NUMBERS,
                            "standbyOutage",
                            TIMES,
                            "writeRate",
                            SIZES,
                            "share",
                            SHARES,
                            "segmentSize",
                            SIZES,
                            "volume",
                            List.of(),
                            "keepsize",
                            SIZES),
            "volume", Map.of("size", QUANTITIES, "className", NAMES, "kind", WORDS),
            "waivers", Map.of("noTrust", REASONS, "imageByDigest", REASONS, "keepvolumes", REASONS));
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("name", NAMES),
            Map.entry("namespace", NAMES),
            Map.entry("createNamespace", FLAGS),
            Map.entry("clusterDomain", NAMES),
            Map.entry("replicas", NUMBERS),
            Map.entry("primary", NUMBERS),
            Map.entry("failover", FAILOVERS),
            Map.entry("lost", LISTS),
            Map.entry("imagePullSecrets", SECRET_NAMES),
            Map.entry("clients", PEERS),
            Map.entry("keepDiverged", FLAGS),
            Map.entry("version", NUMBERS),
            Map.entry("image", IMAGES),
            Map.entry("metrics", METRICS),
            Map.entry("backup", BACKUPS),
            Map.entry("restore", RESTORES),
            Map.entry("runAsUser", NUMBERS),
            Map.entry("allowTrust", FLAGS),
            Map.entry("keepVolumes", FLAGS),
            Map.entry("passwords", SECRETS),
            Map.entry("certificateSeed", SEEDS),
            Map.entry("secretName", NAMES),
            Map.entry("replica", NUMBERS));

    private final Random random;

    RandomConfig(Random random) {
        this.random = random;
    }

    /** Keys in their usual spelling, but for one in some files. */
    ObjectNode config() {
        var values = new TreeMap<String, JsonNode>();
        if (random.nextInt(20) > 0) {
            values.put("kubernetes:context", value(CONTEXTS));
        }
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            var name = one(List.of(
                    one(List.copyOf(new TreeMap<>(KEYS).keySet())),
                    one(List.of(
                            "resources",
                            "storage",
                            "synchronous",
                            "scheduling",
                            "services",
                            "metrics",
                            "backup",
                            "restore",
                            "tls",
                            "wal",
                            "waivers",
                            "databases",
                            "parameters"))));
            values.put("streamset:" + name, value(name));
        }
        if (random.nextInt(8) == 0) {
            values.put(
                    one(List.of(
                            "kubernetes:namespace",
                            "other:key",
                            "a:b:c",
                            "a:config:b",
                            "replicas",
                            "streamset:config:replicas",
                            "streamset:",
                            "streamset:a:b",
                            "image",
                            "volumes")),
                    value(NUMBERS));
        }
        var config = NODES.objectNode();
        values.forEach(config::set);
        return config;
    }

    private JsonNode value(String name) {
        if (name.equals("parameters")) {
            return random.nextInt(8) == 0
                    ? value(NUMBERS)
                    : NODES.objectNode().set(one(PARAMETER_NAMES), value(PARAMETERS));
        }
        if (name.equals("databases") && random.nextInt(8) > 0) {
            return NODES.objectNode().set(one(DATABASE_NAMES), value("database"));
        }
        if (OBJECTS.containsKey(name) && random.nextInt(8) > 0) {
            var object = NODES.objectNode();
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                var field = one(List.copyOf(new TreeMap<>(OBJECTS.get(name)).keySet()));
                object.set(
                        field,
                        field.equals("volume")
                                ? value(field)
                                : value(OBJECTS.get(name).get(field)));
            }
            return object;
        }
        return value(KEYS.getOrDefault(name, List.of("null", "5", "[]", "{}", "true")));
    }

    private JsonNode value(List<String> values) {
        return JSON.readTree(one(values));
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

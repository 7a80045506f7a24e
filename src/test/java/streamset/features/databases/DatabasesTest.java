package streamset.features.databases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.features.DeclaredDatabase;
import streamset.features.DeclaredDatabases;
import streamset.features.Parts;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.objects.KubernetesObjects;
import streamset.plan.Change;
import streamset.plan.Plan;
import streamset.plan.reading.WantedObjects;
import streamset.problems.Problem;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code streamset:databases}, from the stack file to the objects and the plan. */
@Tag("unit")
class DatabasesTest {
    private static final String ORDERS =
            "{\"orders\":{\"owner\":\"shop\",\"readers\":[\"reports\"],\"extensions\":[\"pg_trgm\",\"citext\"]}}";
    private static final String SECRETS = "{\"postgres\":\"planted-1\",\"replicator\":\"planted-2\","
            + "\"shop\":\"planted-3\",\"reports\":\"planted-4\"}";
    private static final DeclaredDatabase DECLARED =
            new DeclaredDatabase("orders", "shop", List.of("reports"), List.of("citext", "pg_trgm"));

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private ClusterSpec spec(StackDraft draft) {
        var spec = ClusterSpec.of(draft.raw(), ProjectDraft.in(folder).folder(), ProjectDraft.STACK, problems);
        problems.throwIfAny();
        return spec;
    }

    private static StackDraft with(String databases) {
        return StackDraft.minimal().with("databases", databases);
    }

    private static StackDraft withSecrets() {
        return StackDraft.empty()
                .with("kubernetes:context", "kind")
                .withSecret("passwords", SECRETS)
                .with("databases", ORDERS);
    }

    private static StackDraft automatic(StackDraft draft) {
        return draft.with("failover", "automatic").with("image", "example.org/patroni:18");
    }

    private static List<JsonNode> json(ClusterSpec spec) {
        return ClusterObjects.of(spec, Place.UNKNOWN, DeployedNodes.NONE).json();
    }

    private static Optional<JsonNode> job(ClusterSpec spec, String purpose) {
        return KubernetesObjects.of(json(spec))
                .ofKind("Job")
                .filter(job -> name(job).startsWith("postgresql-" + purpose + "-"))
                .findFirst();
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asString();
    }

    private static String variable(JsonNode job, String name) {
        return job.at("/spec/template/spec/containers/0/env")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(name))
                .map(one -> one.path("value").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void areReadWithTheirOwnNamesForOwners() {
        var databases = spec(with("{\"orders\":{},\"B\":{\"owner\":\"orders\"},\"a\":null}"))
                .databases();
        assertEquals(
                List.of(
                        new DeclaredDatabase("B", "orders", List.of(), List.of()),
                        new DeclaredDatabase("a", "a", List.of(), List.of()),
                        new DeclaredDatabase("orders", "orders", List.of(), List.of())),
                databases.all());
        assertEquals(List.of("a", "orders"), databases.roles());
        assertEquals(Map.of(), databases.passwords());
    }

    @Test
    void areToldToTheJobAsData() {
        var job = job(spec(with(ORDERS)), "databases").orElseThrow();
        assertEquals("""
                database=orders
                owner=shop
                reader=reports
                extension=citext
                extension=pg_trgm""", variable(job, "DATABASES"));
        assertEquals("passwords", variable(job, "PASSWORDS_SECRET"));
        assertEquals(
                "[\"bash\",\"/etc/streamset/scripts/jobs/databases.sh\"]",
                job.at("/spec/template/spec/containers/0/command").toString());
    }

    @Test
    void areMadeByPatronisJobWhereThePodsDecide() {
        var job = job(spec(automatic(with(ORDERS))), "databases").orElseThrow();
        assertEquals(
                "[\"bash\",\"/etc/streamset/scripts/patroni/jobs/databases.sh\"]",
                job.at("/spec/template/spec/containers/0/command").toString());
    }

    /** Kubernetes replaces $(NAME) in variables, and a pair of dollar signs by one. */
    @Test
    void keepDollarSignsInTheirNames() {
        var name = "$(PATH) $$ $HOME";
        var spec = spec(with("{\"" + name + "\":{\"owner\":\"shop\"}}"));
        var text = variable(job(spec, "databases").orElseThrow(), "DATABASES");
        assertEquals("database=$$(PATH) $$$$ $$HOME\nowner=shop", text);
        assertEquals(
                List.of(new DeclaredDatabase(name, "shop", List.of(), List.of())),
                WantedObjects.of(json(spec), spec).declaration().databases());
    }

    @ParameterizedTest
    @ValueSource(strings = {"database=x", "=", "a\" \u00e9 😀", "owner=x"})
    void areReadBackAsTheyWere(String name) {
        var declared = new DeclaredDatabases(
                List.of(new DeclaredDatabase(name, "o", List.of("r", "s"), List.of()), DECLARED), Map.of());
        assertEquals(declared.all(), DeclaredDatabases.parse(declared.text()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changeNothingWhereNoneAreDeclared(boolean automatic) {
        var draft = StackDraft.minimal();
        var bare = json(spec(automatic ? automatic(draft) : draft));
        assertEquals(bare, json(spec(draft.with("databases", "{}"))));
        for (var object :
                List.of("-databases", "databases.sh", "\"roles\":")) { // the Job, its script, and what pods are told
            assertFalse(bare.toString().contains(object), object);
        }
        assertEquals(
                Parts.NONE,
                spec(StackDraft.minimal().with("databases", "{}")).features().parts());
    }

    @Test
    void letTheSuperuserInToAllDatabasesAndNobodyElse() {
        var hba = spec(with(ORDERS)).files().pgHbaConf();
        var line = "host all postgres all scram-sha-256";
        assertTrue(hba.lines().toList().get(2).startsWith(line), hba);
        assertEquals(
                spec(StackDraft.minimal()).files().pgHbaConf(),
                hba.replace(line, "host postgres postgres all scram-sha-256"));
        var required = with(ORDERS).with("tls", "{\"secretName\":\"tls\",\"required\":\"true\"}");
        assertTrue(spec(required).files().pgHbaConf().contains("\nhostssl all postgres all scram-sha-256"));
        assertTrue(spec(automatic(with(ORDERS))).files().pgHbaConf().contains("\n" + line));
    }

    @Test
    void havePasswordsInTheSecretAloneAndNowhereElse() {
        var spec = spec(withSecrets());
        var objects = KubernetesObjects.of(json(spec));
        var secret = objects.get("Secret", "postgresql-passwords").path("data");
        assertEquals(
                "{\"postgres\":\"planted-1\",\"replicator\":\"planted-2\",\"reports\":\"planted-4\",\"shop\":\"planted-3\"}",
                JsonMapper.shared().writeValueAsString(decoded(secret)));
        var plan = Plan.ofFirst(WantedObjects.of(objects.all(), spec));
        var others = objects.all().stream()
                .filter(object -> !object.path("kind").asString().equals("Secret"))
                .toList();
        for (String text : List.of(others.toString(), plan, spec.toString())) {
            assertFalse(text.contains("planted"), text);
            assertFalse(text.contains(Base64.getEncoder().encodeToString("planted-3".getBytes())), text);
        }
    }

    private static Map<String, String> decoded(JsonNode data) {
        var texts = new TreeMap<String, String>();
        data.properties()
                .forEach(entry -> texts.put(
                        entry.getKey(),
                        new String(Base64.getDecoder().decode(entry.getValue().asString()))));
        return texts;
    }

    @Test
    void runAgainForAnotherDeclarationOrPasswordAndForNothingElse() {
        var before = name(job(spec(withSecrets()), "databases").orElseThrow());
        var password = withSecrets().withSecret("passwords", SECRETS.replace("planted-3", "other"));
        var reader = withSecrets().with("databases", ORDERS.replace("[\"reports\"]", "[]"));
        reader.withSecret("passwords", SECRETS.replace(",\"reports\":\"planted-4\"", ""));
        assertNotEquals(before, name(job(spec(password), "databases").orElseThrow()));
        assertNotEquals(before, name(job(spec(reader), "databases").orElseThrow()));
        assertEquals(
                before,
                name(job(spec(withSecrets().with("replicas", "5")), "databases").orElseThrow()));
        assertEquals(
                name(job(spec(withSecrets()), "replicator").orElseThrow()),
                name(job(spec(password), "replicator").orElseThrow()));
    }

    @Test
    void needAPasswordForEachRole() {
        withSecrets()
                .withSecret("passwords", "{\"postgres\":\"one\",\"replicator\":\"two\",\"shop\":\"\"}")
                .isRefusedWith("""
                2 problems, nothing was changed

                streamset:passwords.reports = (not set)
                problem                     : the role is declared in streamset:databases, and needs a password
                fix                         : pulumi config set --secret --path 'streamset:passwords.reports' "$(openssl rand -base64 24)"

                streamset:passwords.shop = (not set)
                problem                  : the role is declared in streamset:databases, and needs a password
                fix                      : pulumi config set --secret --path 'streamset:passwords.shop' "$(openssl rand -base64 24)"
                """);
    }

    @Test
    void tellAllThatIsWrongAtOnce() {
        with("{\"template1\":{},\"a.b c\":{\"readers\":[\"shop\",\"pg_x\",\"a b\",\"r\",\"r\"],\"ownr\":\"x\"},"
                        + "\"orders\":{\"owner\":\"postgres\",\"extensions\":[\"pg_trgn\",\"postgis\",\"lo\",\"lo\"]},"
                        + "\"shop\":{\"readers\":[\"shop\"]}}")
                .isRefusedWith("""
                11 problems, nothing was changed

                streamset:databases["a.b c"].owner = (not set)
                problem                            : a database's owner has its name unless something else is said, and this name must have only letters, digits, '-', '_' and '.', and be neither '.' nor begin with '..': it is also the key of its password in the Secret
                fix                                : pulumi config set --path 'streamset:databases["a.b c"].owner' <role>

                streamset:databases["a.b c"].readers = pg_x
                problem                              : is a role, or a word, of PostgreSQL or of this program
                fix                                  : pulumi config set --path 'streamset:databases["a.b c"].readers[1]' <role>

                streamset:databases["a.b c"].readers = a b
                problem                              : must have only letters, digits, '-', '_' and '.', and be neither '.' nor begin with '..': it is also the key of its password in the Secret
                fix                                  : pulumi config set --path 'streamset:databases["a.b c"].readers[2]' <role>

                streamset:databases["a.b c"].readers = r
                problem                              : is in the list twice
                fix                                  : pulumi config set --path 'streamset:databases["a.b c"].readers[4]' <role>

                streamset:databases.orders.owner = postgres
                problem                          : is a role, or a word, of PostgreSQL or of this program
                fix                              : pulumi config set --path 'streamset:databases.orders.owner' <role>

                streamset:databases.orders.extensions = pg_trgn
                problem                               : is not one of those that can be declared, did you mean pg_trgm?
                fix                                   : pulumi config set --path 'streamset:databases.orders.extensions[0]' <extension>

                streamset:databases.orders.extensions = postgis
                problem                               : is not one of those that can be declared: btree_gin, btree_gist, citext, cube, dict_int, fuzzystrmatch, hstore, intarray, isn, lo, ltree, pg_trgm, pgcrypto, seg, tablefunc, tcn, tsm_system_rows, tsm_system_time, unaccent, uuid-ossp
                fix                                   : pulumi config set --path 'streamset:databases.orders.extensions[1]' <extension>

                streamset:databases.orders.extensions = lo
                problem                               : is in the list twice
                fix                                   : pulumi config set --path 'streamset:databases.orders.extensions[3]' <extension>

                streamset:databases.shop.readers = shop
                problem                          : owns the database, and so reads it anyway
                fix                              : pulumi config set --path 'streamset:databases.shop.readers[0]' <role>

                streamset:databases.template1 = {…}
                problem                       : is a database of PostgreSQL's own
                fix                           : pulumi config rm --path 'streamset:databases.template1'

                streamset:databases["a.b c"].ownr = x
                problem                           : no such key, did you mean streamset:databases["a.b c"].owner?
                fix                               : pulumi config rm --path 'streamset:databases["a.b c"].ownr'
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgres        | is a database of PostgreSQL's own
            template0       | is a database of PostgreSQL's own
            streamset.x     | begins with streamset., as databases do that the program is still making
            a\\nb           | must have no invisible characters: U+000A (LINE FEED (LF)) is one
            a\\u0000b       | must have no invisible characters: U+0000 (NULL) is one
            a\\u00a0b       | must have no invisible characters: U+00A0 (NO-BREAK SPACE) is one
            a\\u202eb       | must have no invisible characters: U+202E (RIGHT-TO-LEFT OVERRIDE) is one
            a\\\\b          | must have no backslash, which connection strings and commands read as the beginning of something else
            €€€€€€€€€€€€€€€€€€€€€€ | must have 1 … 63 bytes, this has 66: PostgreSQL would cut a longer name
            """)
    void haveNamesThatPostgresqlKeepsAndPeopleCanRead(String name, String reason) {
        assertEquals(List.of(reason), reasons("{\"" + name + "\":{\"owner\":\"shop\"}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's",
                "a\\\"b",
                "'; DROP DATABASE postgres; --",
                "$(id)",
                "`id`",
                "host=x dbname=y",
                "postgresql://x/y",
                "%I",
                "-d",
                "all",
                "Groß",
                "€€€€€€€€€€€€€€€€€€€€€"
            })
    void haveAnyOtherName(String name) {
        assertEquals(List.of(), reasons("{\"" + name + "\":{\"owner\":\"shop\"}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"postgres", "replicator", "public", "none", "pg_monitor", ".", "..a", "a b", "a/b", "ä", "a\\\"b"
            })
    void haveNoSuchOwner(String role) {
        assertEquals(1, reasons("{\"orders\":{\"owner\":\"" + role + "\"}}").size());
    }

    private List<String> reasons(String databases) {
        var found = new Problems();
        ClusterSpec.of(with(databases).raw(), ProjectDraft.in(folder).folder(), ProjectDraft.STACK, found);
        return found.found().stream().map(Problem::reason).toList();
    }

    @Test
    void warnOfRolesThatNoLineLetsIn() {
        var project = ProjectDraft.in(folder)
                .base(
                        "pg_hba.conf",
                        "host orders shop 127.0.0.1/32 scram-sha-256\nhost orders shop all reject\n"
                                + "hostssl orders shop all scram-sha-256\nlocal all all trust\n"
                                + "host replication,other reports all scram-sha-256\nhost \"orders\" reports all md5\n");
        ClusterSpec.of(with(ORDERS).raw(), project.folder(), ProjectDraft.STACK, problems);
        problems.throwIfAny();
        assertEquals(
                List.of("""
                streamset:databases  = orders
                problem              : no line of pg_hba.conf lets shop in from the network
                fix                  : add to pg_hba.conf: host "orders" "shop" all scram-sha-256"""),
                problems.warnings().stream()
                        .filter(warning -> warning.subject().equals("streamset:databases"))
                        .map(Problem::text)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host all all all scram-sha-256",
                "host orders shop,reports 10.0.0.0/8 scram-sha-256",
                "host orders +people all scram-sha-256",
                "host \"orders\" \"shop\",reports samenet scram-sha-256"
            })
    void warnOfNothingWhereALineMayLetThemIn(String line) {
        var project = ProjectDraft.in(folder).base("pg_hba.conf", line + "\n");
        ClusterSpec.of(with(ORDERS).raw(), project.folder(), ProjectDraft.STACK, problems);
        assertEquals(List.of(), problems.warnings());
    }

    private static List<String> steps(String plan) {
        return plan.lines()
                .map(String::strip)
                .filter(line -> line.contains("database ") && line.matches("\\d+\\. .*"))
                .map(line -> line.replaceFirst("^\\d+\\. ", ""))
                .toList();
    }

    @Test
    void areListedForAFirstDeployment() {
        var spec = spec(with(ORDERS));
        assertEquals("""
                first deployment in the namespace postgresql: PostgreSQL 18, postgresql-sfs-0 as primary and 2 standbys, each with 10Gi.
                A Job makes:
                database orders, owner shop, reader reports, extensions citext, pg_trgm.
                Volumes that an earlier cluster of this name has left are reused, with their data.
                """, Plan.ofFirst(WantedObjects.of(json(spec), spec)));
    }

    @Test
    void areListedWhenTheyCome() {
        var plan = new Change(folder).after("databases", ORDERS).plan();
        assertTrue(plan.startsWith("changes since yesterday: no pause\n"), plan);
        assertEquals(
                List.of(
                        "database orders, owner shop, reader reports, extensions citext, pg_trgm: a Job makes what of this is"
                                + " not there yet: no pause"),
                steps(plan));
        assertFalse(plan.contains("Job postgresql-databases"), plan);
        assertFalse(plan.contains("password"), plan);
    }

    @Test
    void stayWhenTheyAreNoLongerDeclared() {
        var plan = new Change(folder).before("databases", ORDERS).plan();
        assertEquals(
                List.of(
                        "database orders is no longer declared, and stays with all that is in it, as do its roles: no pause"),
                steps(plan));
        assertFalse(plan.contains("Job postgresql-databases"), plan);
    }

    @Test
    void keepWhatIsNoLongerDeclaredInThem() {
        var less = "{\"orders\":{\"owner\":\"shop\",\"extensions\":[\"citext\"]}}";
        assertEquals(
                List.of(
                        "database orders, owner shop, extension citext: a Job makes what of this is not there yet; no longer"
                                + " declared, and left as they are: role reports, extension pg_trgm: no pause"),
                steps(new Change(folder)
                        .before("databases", ORDERS)
                        .after("databases", less)
                        .plan()));
    }

    @Test
    void areNoStepWhereNothingChangesInThem() {
        var plan = new Change(folder)
                .always("databases", ORDERS)
                .key("replicas", "3", "5")
                .plan();
        assertEquals(List.of(), steps(plan));
    }

    @Test
    void areNoChangeOfPasswordsWhenTheirsAreNew() {
        var change = new Change(folder).always("secretName", "").after("databases", "{\"orders\":{}}");
        assertTrue(new TreeSet<>(steps(change.secrets(
                                "{\"postgres\":\"a\",\"replicator\":\"b\"}",
                                "{\"postgres\":\"a\",\"replicator\":\"b\",\"orders\":\"c\"}")
                        .plan()))
                .first()
                .startsWith("database orders"));
        assertFalse(change.plan().contains("password"), change::plan);
    }
}

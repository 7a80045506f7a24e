package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ImageTest {
    private static final String SHA = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "postgres:18",
                "postgres:18.1-bookworm",
                "docker.io/library/postgres:18",
                "registry.example.org:5000/team/postgres:18",
                "localhost:5000/postgres",
                "postgres:latest",
                "postgres:bookworm",
                "postgres" + SHA,
                "postgres:18.1" + SHA,
            })
    void takesReferencesOfTheSameMajorOrOfNone(String image) {
        assertEquals(image, Image.ofMajor(image, 18));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres:17, 17",
        "postgres:17.5, 17",
        "postgres:9.6-alpine, 9",
        "postgres:v17, 17",
        "registry.example.org:5000/postgres:15, 15",
        "postgres:16" + SHA + ", 16",
    })
    void refusesAnotherMajor(String image, String major) {
        assertRefused("is an image of PostgreSQL " + major + ", but streamset:version is 18", image);
    }

    /** As they are published. */
    @ParameterizedTest
    @CsvSource({
        "pgvector/pgvector:0.8.0-pg17, 17",
        "pgvector/pgvector:pg16, 16",
        "timescale/timescaledb:2.17.2-pg15, 15",
        "timescale/timescaledb:latest-pg14, 14",
        "timescale/timescaledb-ha:pg17.2-ts2.17.2-all, 17",
        "postgis/postgis:17-3.5, 17",
        "postgis/postgis:16-3.4-alpine, 16",
        "citusdata/citus:12.1.5-pg14, 14",
        "citusdata/citus:postgres_15, 15",
        "paradedb/paradedb:0.15.0-pg17, 17",
        "apache/age:release_PG16_1.5.0, 16",
        "apache/age:PG17_latest, 17",
        "tensorchord/pgvecto-rs:pg17-v0.4.0, 17",
        "bitnami/postgresql:17.2.0-debian-12-r3, 17",
        "ghcr.io/cloudnative-pg/postgresql:18-standard-trixie, 18",
        "ghcr.io/cloudnative-pg/postgis:17-3.5, 17",
        "supabase/postgres:15.8.1.085, 15",
        "registry.developers.crunchydata.com/crunchydata/crunchy-postgres:ubi8-16.1-0, 16",
        "ghcr.io/zalando/spilo-17:4.0-p2, 17",
        "quay.io/sclorg/postgresql-15-c9s, 15",
        "registry.redhat.io/rhel9/postgresql-16:latest, 16",
        "percona/percona-distribution-postgresql:17.2, ",
        "citusdata/citus:13.0, ",
        "ankane/pgvector:v0.5.1, ",
        "timescale/timescaledb:latest, ",
        "registry.example.org/team/database:2024.11.3, ",
        "registry.example.org/team/database:20241103, ",
        "postgres:alpine, ",
        "postgres:latest, ",
        "postgres, ",
    })
    void knowsTheMajorWhereTheReferenceSaysIt(String image, Integer major) {
        assertEquals(Optional.ofNullable(major), Image.majorOf(image));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres:18, true",
        "docker.io/library/postgres:18, true",
        "docker.io/postgres:18, true",
        "public.ecr.aws/docker/library/postgres:18-alpine, true",
        "registry.example.org:5000/library/postgres, true",
        "registry.example.org/team/postgres:18, false",
        "bitnami/postgresql:18, false",
        "pgvector/pgvector:pg18, false",
    })
    void knowsTheOfficialImage(String image, boolean official) {
        assertEquals(official, Image.isOfficial(image));
    }

    @Test
    void saysWhatIsKnownOfTheVersionBehindADigest() {
        var digest = "sha256:" + "0123456789abcdef".repeat(4);
        assertEquals(
                Optional.of("image sha256:0123456789ab…: declared as PostgreSQL 18"
                        + "; the pods refuse another major version, and nothing verifies the minor one"),
                Image.versionOfDigest("registry.example.org:5000/postgres@" + digest, 18));
        assertEquals(
                Optional.of("image sha256:0123456789ab…: declared as PostgreSQL 18, with the tag 18.6"
                        + "; the pods refuse another major version, and nothing verifies the tag"),
                Image.versionOfDigest("docker.io/library/postgres:18.6@" + digest, 18));
        assertEquals(Optional.empty(), Image.versionOfDigest("docker.io/library/postgres:18.6", 18));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Postgres",
                "postgres 18",
                "postgres:",
                "https://example.org/postgres:18?x",
                "-postgres",
                "postgres:18@sha256:beef",
                "postgres:18\n",
            })
    void refusesWhatIsNoReference(String image) {
        assertRefused("must be an image reference, such as docker.io/library/postgres:18", image);
    }

    private static void assertRefused(String reason, String image) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Image.ofMajor(image, 18));
        assertEquals(reason, refusal.getMessage());
    }
}

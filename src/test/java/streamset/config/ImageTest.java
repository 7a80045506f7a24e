package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
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
        "docker.io/library/postgres:180, 180",
        "registry.example.org:5000/postgres:15, 15",
        "postgres:16" + SHA + ", 16",
    })
    void refusesAnotherMajor(String image, String major) {
        assertRefused("its tag says " + major + ", streamset:version says 18", image);
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

package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.problems.BadInput;
import streamset.problems.Problems;

@Tag("unit")
class SectionTest {
    private final Problems problems = new Problems();

    @Test
    void readsAKeyWithItsParser() {
        var section = section(Map.of("town:houses", "12", "other:houses", "99"));
        assertEquals(12, section.value("houses", Integer::valueOf, 1, "7"));
        assertTrue(problems.isEmpty());
    }

    @Test
    void fallsBackWhereAKeyIsMissingEmptyOrNull() {
        assertEquals(1, section(Map.of()).value("houses", Integer::valueOf, 1, "7"));
        assertEquals(1, section(Map.of("town:houses", "")).value("houses", Integer::valueOf, 1, "7"));
        var street = section(Map.of("town:street", "{\"houses\":null}")).object("street");
        assertEquals(1, street.value("houses", Integer::valueOf, 1, "7"));
        assertTrue(problems.isEmpty());
    }

    @Test
    void readsTheFieldsOfAnObject() {
        var street = section(Map.of("town:street", "{\"houses\":12,\"name\":\"High\"}"))
                .object("street");
        assertEquals(Set.of("houses", "name"), street.names());
        assertEquals(12, street.value("houses", Integer::valueOf, 1, "7"));
        assertEquals("High", street.value("name", text -> text, "", "Low"));
        street.rejectUnknown();
        assertTrue(problems.isEmpty());
    }

    @Test
    void hasNoFieldsWhereAnObjectIsMissingEmptyOrNull() {
        assertEquals(Set.of(), section(Map.of()).object("street").names());
        assertEquals(
                Set.of(), section(Map.of("town:street", " ")).object("street").names());
        assertEquals(
                Set.of(), section(Map.of("town:street", "{}")).object("street").names());
        assertEquals(
                Set.of(),
                section(Map.of("town:street", "null")).object("street").names());
        assertTrue(problems.isEmpty());
    }

    @Test
    void knowsWhichKeysAreSecretAndWithThemTheirFields() {
        var section = Section.of("town", new RawConfig(Map.of("town:safe", "{}"), Set.of("town:safe")), problems);
        assertTrue(section.isSecret("safe"));
        assertTrue(section.object("safe").isSecret("combination"));
    }

    @Nested
    class Refuses {
        @Test
        void whatTheParserRefusesAndGoesOnWithTheDefault() {
            var section = section(Map.of("town:houses", "many"));
            assertEquals(1, section.value("houses", SectionTest::refuse, 1, "7"));
            assertTold("""
                    1 problem, nothing was changed

                    town:houses          = many
                    problem              : must be few
                    fix                  : pulumi config set town:houses 7
                    """);
        }

        @Test
        void aListOrAnObjectInPlaceOfASingleValue() {
            var street = section(Map.of("town:street", "{\"houses\":[1,2],\"name\":{\"short\":\"H\"}}"))
                    .object("street");
            assertEquals(1, street.value("houses", Integer::valueOf, 1, "7"));
            assertEquals("none", street.value("name", text -> text, "none", "High"));
            assertTold("""
                    2 problems, nothing was changed

                    town:street.houses   = [1,2]
                    problem              : must be a single value, not a list
                    fix                  : pulumi config set --path 'town:street.houses' 7

                    town:street.name     = {"short":"H"}
                    problem              : must be a single value, not an object
                    fix                  : pulumi config set --path 'town:street.name' High
                    """);
        }

        @Test
        void aSecretWithoutTellingIt() {
            var raw = new RawConfig(Map.of("town:houses", "many"), Set.of("town:houses"));
            Section.of("town", raw, problems).value("houses", SectionTest::refuse, 1, "7");
            assertTold("""
                    1 problem, nothing was changed

                    town:houses          = [secret]
                    problem              : must be few
                    fix                  : pulumi config set --secret town:houses 7
                    """);
        }

        @Test
        void keysThatNobodyAskedFor() {
            var section = section(Map.of("town:hauses", "12", "town:population", "5000"));
            section.value("houses", Integer::valueOf, 1, "7");
            section.value("streets", Integer::valueOf, 1, "3");
            section.rejectUnknown();
            assertTold("""
                    2 problems, nothing was changed

                    town:hauses          = 12
                    problem              : no such key, did you mean town:houses?
                    fix                  : pulumi config rm town:hauses

                    town:population      = 5000
                    problem              : no such key; there are: houses, streets
                    fix                  : pulumi config rm town:population
                    """);
        }
    }

    private Section section(Map<String, String> values) {
        return Section.of("town", new RawConfig(values, Set.of()), problems);
    }

    private static int refuse(String text) {
        throw new IllegalArgumentException("must be few");
    }

    private void assertTold(String message) {
        assertEquals(message, assertThrows(BadInput.class, problems::throwIfAny).getMessage());
    }
}

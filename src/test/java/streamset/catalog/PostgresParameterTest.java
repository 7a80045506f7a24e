package streamset.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class PostgresParameterTest {
    @Test
    void isKnownByItsNameInLowerCase() {
        assertEquals("work_mem", PostgresParameter.name("Work_Mem"));
        assertEquals("datestyle", PostgresParameter.name("DateStyle"));
        assertEquals("my.Ä\u212A", PostgresParameter.name("MY.Ä\u212A")); // a Kelvin sign, whose lower case is k
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64MB", "it's", "a\\b", "%m [%p] ", "one # two", "ä"})
    void hasAnyValueOfOneLine(String value) {
        assertEquals(value, PostgresParameter.value(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b"})
    void hasNoValueThatAConfLineCanNotCarry(String value) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> PostgresParameter.value(value));
        assertEquals("must be a single line without NUL bytes", refusal.getMessage());
    }
}

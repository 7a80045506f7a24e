package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link HbaDecisionTest} asks real servers what matches, {@link HbaAcceptanceTest} what they can read. */
@Tag("unit")
class HbaExpressionTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "/app            ~ app,my_app_2     ~ ap",
                "/^app           ~ app,apple        ~ my_app",
                "/^app$          ~ app              ~ apple,App",
                "/^(a|b)+$       ~ a,ab,bba         ~ c,ac",
                "/^a{2,3}$       ~ aa,aaa           ~ a,aaaa",
                "/^a{2,}$        ~ aa,aaaa          ~ a",
                "/^a{2}?$        ~ aa               ~ a",
                "/^[a-c_.-]+$    ~ a.b,c-_          ~ d",
                "/^[^a-c]$       ~ d                ~ a",
                "/^[[:digit:]x]$ ~ 1,x              ~ y",
                "/^\\d\\w\\s?$   ~ 1_,11            ~ a1",
                "/^[\\w.]+$      ~ a.1              ~ a-1",
                "/^a\\.b$        ~ a.b              ~ axb",
                "/^(?:a)(?=b)b$  ~ ab               ~ aa",
                "/^(?!adm)       ~ user             ~ admin",
                "/^.$            ~ a,1              ~ ab",
                "/               ~ a,anything       ~ ``",
                "/a|$            ~ b,a              ~ ``",
                "/]}             ~ x]}              ~ x",
                "/^a()b$         ~ ab               ~ a",
            })
    void fitsWhatHasItAsAPart(String expression, String fitting, String others) throws HbaRefusal {
        var read = read(expression);
        for (var name : fitting.split(",")) {
            assertEquals(true, read.matches(name), name);
        }
        for (var name : others.isEmpty() ? new String[0] : others.split(",")) {
            assertEquals(false, read.matches(name), name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/(",
                "/)",
                "/(a",
                "/a)",
                "/[a",
                "/[]",
                "/*a",
                "/a**",
                "/a{2}*",
                "/^*",
                "/{2}",
                "/a{2",
                "/a{256}",
                "/a{3,2}",
                "/[z-a]",
                "/[a-c-e]",
                "/[\\w-z]",
                "/\\q",
                "/\\",
                "/\\1",
                "/(?=a)*",
                "/[[:foo:]]", // servers refuse these, too
                "/(a)\\1",
                "/(?i)a",
                "/(?<=a)b",
                "/***=a",
                "/\\mA",
                "/\\x41",
                "/[[.a.]]",
                "/[]a]",
                "/a{,2}",
                "/ö+"
            })
    void isNotRead(String expression) {
        assertThrows(HbaRefusal.class, () -> read(expression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/((a{255}){255})", "/(((((((((((((((((((((a)))))))))))))))))))))"})
    void isNotReadWhenItWouldBeTooMuch(String expression) {
        assertThrows(HbaRefusal.class, () -> read(expression));
    }

    private static HbaExpression read(String text) throws HbaRefusal {
        return HbaExpression.of(new HbaToken(text, false, 0, text.length()), new HbaServer(18, false, List.of()));
    }
}

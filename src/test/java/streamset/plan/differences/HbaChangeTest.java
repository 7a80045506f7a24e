package streamset.plan.differences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HbaChangeTest {
    private static final String FILE = """
            local all all trust
            host all anna 10.0.0.0/8 md5
            host all ben 10.0.0.0/8 md5
            """;

    @Test
    void tellsLinesThatGoAndLinesThatCome() {
        assertEquals("""
                - host all anna 10.0.0.0/8 md5
                + host all anna 10.0.0.0/8 scram-sha-256
                """, text(FILE, FILE.replace("anna 10.0.0.0/8 md5", "anna 10.0.0.0/8 scram-sha-256")));
    }

    @Test
    void tellsWhenLinesChangePlaces() {
        assertEquals("other lines change their order\n", text(FILE, """
                local all all trust
                host all ben 10.0.0.0/8 md5
                host all anna 10.0.0.0/8 md5
                """));
    }

    @Test
    void countsALineThatStandsTwice() {
        assertEquals("+ local all all trust\n", text(FILE, FILE + "local all all trust\n"));
    }

    @Test
    void seesNothingInCommentsBlanksAndLineBreaks() {
        assertTrue(HbaChange.between(FILE, """
                # everybody in the pod
                local\tall all   trust  # by socket

                host all anna \\
                  10.0.0.0/8 md5
                host all ben 10.0.0.0/8 md5
                """).isNone());
    }

    @Test
    void tellsAQuotedNameFromAKeyword() {
        assertEquals("""
                - local all all trust
                + local "all" all trust
                """, text("local all all trust\n", "local \"all\" all trust\n"));
    }

    @Test
    void showsNoSecret() {
        var line = "host all all 10.0.0.0/8 ldap ldapserver=l ldapbasedn=b ldapbinddn=d ldapbindpasswd=";
        assertEquals("""
                - host all all 10.0.0.0/8 ldap ldapserver=l ldapbasedn=b ldapbinddn=d ldapbindpasswd=[secret]
                + host all all 10.0.0.0/8 ldap ldapserver=l ldapbasedn=b ldapbinddn=d ldapbindpasswd=[secret]
                """, text(line + "hunter2\n", line + "hunter3\n"));
    }

    @Test
    void showsTwentyLinesOfEachKind() {
        var many = IntStream.range(0, 30)
                .mapToObj(number -> "host all user" + number + " all md5\n")
                .collect(Collectors.joining());
        var text = text("", many);
        assertEquals(21, text.lines().count());
        assertTrue(text.endsWith("+ host all user19 all md5\n+ … and 10 more\n"), text);
    }

    private static String text(String before, String after) {
        return HbaChange.between(before, after).text();
    }
}

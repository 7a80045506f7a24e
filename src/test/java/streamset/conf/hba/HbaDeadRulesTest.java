package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

@Tag("unit")
class HbaDeadRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host all all all md5             | host all all all md5",
                "host all all all md5             | host all all all trust",
                "host all all all md5             | hostssl app alice 10.0.0.0/8 md5",
                "host all all all md5             | hostgssenc all all ${pods} md5",
                "hostnossl all all all md5        | hostgssenc all all all md5",
                "hostnogssenc all all all md5     | hostssl all all all md5",
                "local all all trust              | local sameuser alice peer",
                "local samerole all trust         | local sameuser all peer",
                "local samerole all trust         | local samegroup all peer",
                "local all,replication all trust  | local replication all trust",
                "local a,b,c x,y trust            | local c,a y trust",
                "local all +staff trust           | local all staff trust",
                "local /^a all trust              | local app,a all trust",
                "local all /^[ab] trust            | local all /^[ab] trust",
                "host all all 10.0.0.0/8 md5      | host all all 10.1.0.0/16 md5",
                "host all all 10.0.0.0/8 md5      | host all all 10.1.2.3 255.0.0.0 md5",
                "host all all 10.0.0.0 255.0.0.0 md5 | host all all 10.0.2.0 255.0.255.0 md5",
                "host all all 0.0.0.0/0 md5       | host all all 127.0.0.1/32 md5",
                "host all all ::/0 md5            | host all all fd00::/8 md5",
                "host all all samenet md5         | host all all samehost md5",
                "host all all samenet md5         | host all all 127.0.0.1/32 md5",
                "host all all samehost md5        | host all all ::1/128 md5",
                "host all all ${pods} md5         | host all all ${pods} md5",
                "host all all A.example md5       | host all all a.Example md5",
                "host all all .example md5        | host all all a.b.example md5",
                "host all all .example md5        | host all all .b.example md5",
            })
    void areThoseThatAnEarlierOneCovers(String earlier, String dead) {
        assertEquals(Map.of(2, 1), dead(earlier + "\n" + dead + "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host all postgres samenet md5    | host all all samenet md5",
                "local all all trust              | host all all all md5",
                "hostssl all all all md5          | host all all all md5",
                "hostnossl all all all md5        | hostnogssenc all all all md5",
                "local all all trust              | local replication all trust",
                "local replication all trust      | local \"replication\" all trust",
                "local all all trust              | local app,replication all trust",
                "local sameuser all trust         | local samerole all trust",
                "local sameuser all trust         | local alice alice trust",
                "local a,b all trust              | local b,c all trust",
                "local all staff trust            | local all +staff trust",
                "local all +staff trust           | local all \"+staff\" trust",
                "local all \"all\" trust          | local all all trust",
                "local /^ab all trust             | local app all trust",
                "local /^a all trust              | local /^ab all trust",
                "local /^a all trust              | local all all trust",
                "host all all 10.0.0.0/8 md5      | host all all 10.0.0.0/7 md5",
                "host all all 0.0.0.0/0 md5       | host all all all md5",
                "host all all 0.0.0.0/0 md5       | host all all ::/0 md5",
                "host all all samenet md5         | host all all ${pods} md5",
                "host all all samenet md5         | host all all 10.0.0.0/8 md5",
                "host all all samehost md5        | host all all 127.0.0.0/8 md5",
                "host all all ${pods} md5         | host all all a.example md5",
                "host all all .example md5        | host all all example md5",
                "host all all a.example md5       | host all all .example md5",
                "host a alice all md5             | host b alice all md5",
            })
    void areNotThoseThatFitMore(String earlier, String alive) {
        assertEquals(Map.of(), dead(earlier + "\n" + alive + "\n"));
    }

    @Test
    void areNamedWithTheFirstThatCoversThem() {
        assertEquals(Map.of(3, 1, 5, 1, 6, 4), dead("""
                host all alice all md5
                host all bob samenet md5
                host app alice all md5
                host app all all md5
                host all alice 10.0.0.0/8 md5
                host app bob 10.0.0.0/8 md5
                """));
    }

    @RepeatedTest(200)
    void areThoseThatComparingEachWithEachFinds(RepetitionInfo repetition) {
        var text = random(new Random(repetition.getCurrentRepetition()));
        assertEquals(comparedEachWithEach(file(text).rules()), dead(text), text);
    }

    @Test
    void areSomeOfTheRandomOnes() {
        assertFalse(dead(random(new Random(1))).isEmpty());
        assertTrue(dead(random(new Random(1))).size() < 20);
    }

    /** As many as a ConfigMap can hold. */
    @Test
    void areFoundAmongThousands() {
        var lines = IntStream.range(0, 25_000)
                .mapToObj(i -> "host all user" + i + " 10." + (i >> 8) + "." + (i & 0xff) + ".0/24 md5\n")
                .collect(Collectors.joining());
        assertEquals(Map.of(25_001, 12_346), dead(lines + "hostssl app user12345 10.48.57.9/32 md5\n"));
    }

    private static String random(Random random) {
        var fields = Stream.of(
                        "local host host hostssl hostnossl hostnogssenc",
                        "all all replication sameuser samerole a b a,b b,c,replication /^a",
                        "all a b c a,b +a +b \"all\" /^b",
                        "all samenet samehost ${pods} 10.0.0.0/8 10.1.0.0/16 10.1.1.1/32 127.0.0.1/32 ::1/128 ::/0 "
                                + "10.0.0.0/0 a.b .b b 10.0.1.0%255.0.255.0")
                .map(words -> words.split(" "))
                .toList();
        return IntStream.range(0, 30)
                .mapToObj(i -> fields.stream()
                        .map(words -> words[random.nextInt(words.length)].replace('%', ' '))
                        .toList())
                .map(words -> String.join(" ", words.get(0).equals("local") ? words.subList(0, 3) : words) + " md5\n")
                .collect(Collectors.joining());
    }

    private static Map<Integer, Integer> comparedEachWithEach(List<HbaRule> rules) {
        var dead = new TreeMap<Integer, Integer>();
        for (var rule : rules) {
            rules.stream()
                    .limit(rules.indexOf(rule))
                    .filter(earlier -> earlier.covers(rule))
                    .findFirst()
                    .ifPresent(earlier -> dead.put(rule.number(), earlier.number()));
        }
        return dead;
    }

    private static Map<Integer, Integer> dead(String text) {
        var dead = new TreeMap<Integer, Integer>();
        new HbaDeadRules(file(text).rules()).forEach((rule, first) -> dead.put(rule.number(), first.number()));
        return dead;
    }

    private static HbaFile file(String text) {
        var problems = new Problems();
        var file = HbaFile.parse(new SourceFile("a.conf", text), new HbaServer(18, true, List.of()), problems);
        problems.throwIfAny();
        return file;
    }
}

package streamset.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StackTextTest {
    private static final String TEXT = """
            # größer 🐘
            encryptionsalt: v1:x  # of the CLI
            config:
              # how many
              replicas: 3  # odd
              streamset:parameters:
                # of this stack
                work_mem: 8MB  # per sort

                jit: "off"
              # the last
              streamset:wal: {share: 20%, volume: {size: 2Gi}}  # one disk
            """;

    private final StackText text = new StackText(TEXT, "streamset");

    private static void assertEdited(String before, String after, StackText edited) {
        assertEquals(TEXT.replace(before, after), edited.text());
        assertFalse(before.equals(after));
    }

    @Test
    void getsAnotherValue() {
        assertEdited("replicas: 3  #", "replicas: 5  #", text.with(List.of("streamset:replicas"), "5"));
        assertEdited("\"off\"", "on", text.with(List.of("streamset:parameters", "jit"), "on"));
        assertEdited("2Gi}}", "4Gi}}", text.with(List.of("streamset:wal", "volume", "size"), "4Gi"));
    }

    @Test
    void getsAFieldMore() {
        assertEdited(
                "jit: \"off\"\n", "jit: \"off\"\n    a.b: 1\n", text.with(List.of("streamset:parameters", "a.b"), "1"));
        assertEdited(
                "{size: 2Gi}}",
                "{size: 2Gi, className: fast}}",
                text.with(List.of("streamset:wal", "volume", "className"), "fast"));
    }

    @Test
    void getsAKeyMore() {
        assertEquals(
                TEXT + "  streamset:version: 17\n",
                text.with(List.of("streamset:version"), "17").text());
        assertEquals(
                TEXT + "  streamset:synchronous: {standbys: 1}\n",
                text.with(List.of("streamset:synchronous", "standbys"), "1").text());
        assertEquals(
                "config: {replicas: 1, streamset:version: 17}",
                new StackText("config: {replicas: 1}", "streamset")
                        .with(List.of("streamset:version"), "17")
                        .text());
        assertEquals(
                "config:\n  replicas: 1\n  streamset:version: 17\n",
                new StackText("config:\n  replicas: 1", "streamset")
                        .with(List.of("streamset:version"), "17")
                        .text());
    }

    @Test
    void losesAFieldOrAKey() {
        assertEdited(
                "    # of this stack\n    work_mem: 8MB  # per sort\n",
                "",
                text.without(List.of("streamset:parameters", "work_mem")));
        assertEdited("  # how many\n  replicas: 3  # odd\n", "", text.without(List.of("streamset:replicas")));
        assertEdited("share: 20%, ", "", text.without(List.of("streamset:wal", "share")));
        assertEdited(", volume: {size: 2Gi}", "", text.without(List.of("streamset:wal", "volume")));
        assertEdited("encryptionsalt: v1:x  # of the CLI\n", "", text.withoutTopLevel("encryptionsalt"));
        assertEquals(
                TEXT, text.without(List.of("streamset:parameters", "fsync")).text());
    }

    @Test
    void getsAnElementMore() {
        var list = new StackText("config:\n  a:l: [1, 2]\n", "streamset");
        var key = List.of("a:l");
        assertEquals(
                "config:\n  a:l: [1, 2, 5]\n", list.withElement(key, 2, "5").text());
        assertEquals("config:\n  a:l: [5, 2]\n", list.withElement(key, 0, "5").text());
        assertEquals(
                "config:\n  a:b: 1\n  a:l: [5]\n",
                new StackText("config:\n  a:b: 1\n", "streamset")
                        .withElement(key, 0, "5")
                        .text());
        assertEquals(
                "config:\n  a:l: [1, 5]\n  a:b: 1\n",
                new StackText("config:\n  a:l:\n    - 1\n  a:b: 1\n", "streamset")
                        .withElement(key, 1, "5")
                        .text());
    }

    @Test
    void losesTheObjectWithItsLastField() {
        assertEdited(", volume: {size: 2Gi}", "", text.without(List.of("streamset:wal", "volume", "size")));
    }

    @Test
    void putsAValueInPlaceOfABlock() {
        var edited = text.with(List.of("streamset:parameters"), "{}").text();
        assertTrue(edited.contains("  replicas: 3  # odd\n  streamset:parameters: {}\n  # the last\n"), edited);
        assertFalse(edited.contains("work_mem"), edited);
        assertEquals(
                "config:\n  a:l: 1  # two\n\n  # next\n  a:b: 1\n",
                new StackText(
                                "config:\n  a:l:  # two\n    - 1\n    - 2  # b\n    # c\n\n  # next\n  a:b: 1\n",
                                "streamset")
                        .with(List.of("a:l"), "1")
                        .text());
        assertEquals(
                "config:\n  a:l: 1 # text\n  a:b: 1",
                new StackText("config:\n  a:l: |- # text\n    one: # two\n\n    # no comment\n  a:b: 1", "streamset")
                        .with(List.of("a:l"), "1")
                        .text());
    }

    @Test
    void takesAKeyForTheSameInEachSpelling() {
        var old = new StackText("config:\n  streamset:config:replicas: 3\n  other:replicas: 1\n", "shop");
        assertTrue(old.has(List.of("streamset:replicas")));
        assertFalse(old.has(List.of("shop:replicas")));
        assertTrue(new StackText("config: {replicas: 3}", "shop").has(List.of("shop:replicas")));
    }
}

package streamset.sizing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.units.ByteSize;

@Tag("unit")
class SumTest {
    private final Sum sum = new Sum(List.of(
            Sum.Term.of(1, "a byte"), Sum.Term.of(0, "nothing"), Sum.Term.of(1024.0 * (1 << 20), "a gigabyte")));

    @Test
    void addsUpInWholeMegabytes() {
        assertEquals(ByteSize.ofMegabytes(1025), sum.total());
        assertEquals("""
                   1 MB  a byte
                   0 MB  nothing
                1024 MB  a gigabyte
                1025 MB  = all""", sum.text("all"));
    }

    @Test
    void leavesNothingOut() {
        assertEquals("""
                   1 MB  a byte
                1024 MB  a gigabyte
                1025 MB  = all""", sum.withoutNothing().text("all"));
    }
}

package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.units.ByteSize;

@Tag("unit")
class ScratchTest {
    @Test
    void ofAServerIsASumWithReasons() {
        assertEquals("""
                  50 MB  logs that the kubelet keeps
                 638 MB  logs until it looks again
                  16 MB  copies of the conf files
                  64 MB  sockets, and files beside them
                 256 MB  temporary files
                1024 MB  = the limit""", Scratch.ofServer().limit().text("the limit"));
        assertEquals("128Mi", Scratch.ofServer().request().quantity());
    }

    @Test
    void ofTheCheckHasRoomForAnEmptyDatabaseWithSegmentsOfAnySize() {
        var largest = Scratch.ofCheck(ByteSize.ofMegabytes(1024));
        assertEquals("""
                  50 MB  logs that the kubelet keeps
                  64 MB  sockets, and files beside them
                 256 MB  temporary files
                3200 MB  empty databases with their WAL
                3570 MB  = the limit""", largest.limit().text("the limit"));
        assertEquals("3264Mi", largest.request().quantity());
        assertEquals(
                "240Mi", Scratch.ofCheck(ByteSize.ofMegabytes(16)).request().quantity());
    }

    @Test
    void ofAJobIsSmall() {
        assertEquals("64Mi", Scratch.ofJob().request().quantity());
        assertEquals("306Mi", Scratch.ofJob().limit().total().quantity());
    }
}

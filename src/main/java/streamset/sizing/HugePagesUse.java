package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;
import streamset.units.ByteSize;

/**
 * The huge pages of a server, in which it has its shared memory and nothing else. The kernel counts them apart from the memory of
 * a container.
 *
 * @param limit what the container may have of them
 * @param server with all computed values
 */
public record HugePagesUse(ByteSize limit, ServerNumbers server) {
    /** The size of a page that every node for x86-64 and nearly every one for arm64 has. */
    public static final ByteSize PAGE = ByteSize.ofMegabytes(2);

    /** The shared memory, part by part. */
    public Sum sum() {
        var beside = new SharedMemory(server)
                .besideBuffers().stream().mapToDouble(SharedPart::bytes).sum();
        return new Sum(List.of(
                new Sum.Term(server.size(ParameterName.SHARED_BUFFERS), ParameterName.SHARED_BUFFERS.toString()),
                Sum.Term.of(
                        beside,
                        "shared memory beside them, wal_buffers of "
                                + server.walBuffers().postgres() + " in it")));
    }

    /**
     * The number of pages: shared_memory_size_in_huge_pages, which is whole pages and the one that is begun
     * (InitializeShmemGUCs, src/backend/storage/ipc/ipci.c).
     */
    public long pages() {
        return sum().total().bytes() / PAGE.bytes() + 1;
    }

    /** Whether the server gets as many as it needs: otherwise it does not start, or is killed. */
    public boolean fits() {
        return smallest().compareTo(limit) <= 0;
    }

    /** The least that is enough. */
    public ByteSize smallest() {
        return new ByteSize(Math.multiplyExact(pages(), PAGE.bytes()));
    }

    /** What the sum comes to. */
    public String result() {
        return pages() + " pages of 2 MB, of " + limit.bytes() / PAGE.bytes();
    }

    /** The largest shared_buffers, in whole megabytes, with which it fits; 0 when none does. */
    public ByteSize largestBuffers() {
        long tooMuch = Search.first(
                1,
                limit.megabytes() + 1,
                megabytes -> !new HugePagesUse(
                                limit,
                                server.with(
                                        ParameterName.SHARED_BUFFERS,
                                        ByteSize.ofMegabytes(megabytes).bytes()))
                        .fits());
        return ByteSize.ofMegabytes(tooMuch - 1);
    }
}

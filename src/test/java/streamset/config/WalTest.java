package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.units.ByteSize;

@Tag("unit")
class WalTest {
    private final StackDraft stack = StackDraft.minimal();

    private Wal wal(String object) {
        return stack.with("wal", object).config().wal();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'keepSize':'152MB'}                          | 152   | 152MB",
                "{'keepSegments':1}                            | 16    | 1 segments of 16 MB",
                "{'keepSegments':8}                            | 128   | 8 segments of 16 MB",
                "{'keepSegments':640}                          | 10240 | 640 segments of 16 MB",
                "{'keepSegments':8,'segmentSize':'64MB'}       | 512   | 8 segments of 64 MB",
                "{'standbyOutage':'30m','writeRate':'2MB'}     | 3600  | 30 min × 2 MB/s",
                "{'standbyOutage':'30 min','writeRate':'2MB/s'} | 3600  | 30 min × 2 MB/s",
                "{'standbyOutage':'90s','writeRate':'1GB'}     | 92160 | 90 s × 1024 MB/s",
                "{'standbyOutage':'1024s','writeRate':'177kB'} | 177   | 1024 s × 177kB/s",
                "{'standbyOutage':'2h','writeRate':'1MB'}      | 7200  | 2 h × 1 MB/s",
                "{'standbyOutage':'1d','writeRate':'1MB'}      | 86400 | 24 h × 1 MB/s",
            },
            quoteCharacter = '"')
    void keepsAsMuchAsIsSaid(String object, long megabytes, String words) {
        var keep = wal(object.replace('\'', '"')).keep().orElseThrow();
        assertEquals(ByteSize.ofMegabytes(megabytes), keep.size());
        assertEquals(words, keep.words());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'keepSize':'152MB'}                           | 100 | 100MB",
                "{'keepSegments':8}                             | 100 | 6",
                "{'keepSegments':8}                             | 15  |",
                "{'standbyOutage':'30m','writeRate':'2MB'}      | 100 | 50s",
                "{'standbyOutage':'30m','writeRate':'2MB'}      | 241 | 2m",
                "{'standbyOutage':'30d','writeRate':'8kB'}      | 15000 | 32000m",
                "{'standbyOutage':'30m','writeRate':'1GB'}      | 100 |",
            },
            quoteCharacter = '"')
    void tellsTheLargestValueThatKeepsNoMore(String object, long megabytes, String value) {
        var keep = wal(object.replace('\'', '"')).keep().orElseThrow();
        assertEquals(Optional.ofNullable(value), keep.atMost(ByteSize.ofMegabytes(megabytes)));
    }

    @ParameterizedTest
    @CsvSource({"1MB, 1", "16MB, 16", "64MB, 64", "1GB, 1024", "4096kB, 4"})
    void takesTheSegmentSizesOfInitdb(String size, long megabytes) {
        assertEquals(
                ByteSize.ofMegabytes(megabytes),
                wal("{\"segmentSize\":\"" + size + "\"}").segmentSize());
    }

    @ParameterizedTest
    @CsvSource({"5%, 5", "35, 35", "80 %, 80"})
    void takesAShareOfTheDataVolume(String share, int percent) {
        assertEquals(percent, wal("{\"share\":\"" + share + "\"}").sharePercent());
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(strings = {"-152MB", "0MB", "1,024MB", "much"})
        void inAWrongUnit(String size) {
            stack.with("wal", "{\"keepSize\":\"" + size + "\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.keepSize = %s
                    problem                : must be a size as PostgreSQL writes it, such as 152MB or 1GB
                    fix                    : pulumi config set --path 'streamset:wal.keepSize' 152MB
                    """.formatted(size));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-8", "8.5", "1000001", "eight", "128MB"})
        void inSegmentsThatCanNotBeCounted(String segments) {
            stack.with("wal", "{\"keepSegments\":\"" + segments + "\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.keepSegments = %s
                    problem                    : must be a whole number of WAL segments of 16 MB, 1 … 1000000
                    fix                        : pulumi config set --path 'streamset:wal.keepSegments' 8
                    """.formatted(segments));
        }

        @Test
        void inBothUnits() {
            stack.with("wal", "{\"keepSize\":\"152MB\",\"keepSegments\":8}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.keepSegments = set together with keepSize
                    problem                    : both say how much WAL is kept; only one can apply
                    fix                        : pulumi config rm --path 'streamset:wal.keepSegments'
                    """);
        }

        @Test
        void whatIsKeptInThreeUnits() {
            stack.with("wal", "{\"keepSize\":\"152MB\",\"standbyOutage\":\"30m\",\"writeRate\":\"2MB\"}")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.standbyOutage = set together with keepSize
                    problem                     : both say how much WAL is kept; only one can apply
                    fix                         : pulumi config rm --path 'streamset:wal.standbyOutage'
                    """);
        }

        @ParameterizedTest
        @ValueSource(strings = {"soon", "30", "0m", "-5m", "366d", "30 MB"})
        void anOutageThatIsNoTime(String outage) {
            stack.with("wal", "{\"standbyOutage\":\"" + outage + "\",\"writeRate\":\"2MB\"}")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.standbyOutage = %s
                    problem                     : must be a time such as 90s, 30m, 2h or 1d, at most 365d
                    fix                         : pulumi config set --path 'streamset:wal.standbyOutage' 30m
                    """.formatted(outage));
        }

        @Test
        void aWriteRateBeyondAnyMachine() {
            stack.with("wal", "{\"standbyOutage\":\"30m\",\"writeRate\":\"1TB\"}")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.writeRate = 1TB
                    problem                 : must be at most 102400MB in a second
                    fix                     : pulumi config set --path 'streamset:wal.writeRate' 2MB
                    """);
        }

        @Test
        void anOutageWithoutAWriteRate() {
            stack.with("wal", "{\"standbyOutage\":\"30m\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.writeRate = (not set)
                    problem                 : the kept WAL is standbyOutage × writeRate, and only standbyOutage is set
                    fix                     : pulumi config set --path 'streamset:wal.writeRate' 2MB
                    """);
        }

        @Test
        void aWriteRateWithoutAnOutage() {
            stack.with("wal", "{\"writeRate\":\"2MB\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.standbyOutage = (not set)
                    problem                     : the kept WAL is standbyOutage × writeRate, and only writeRate is set
                    fix                         : pulumi config set --path 'streamset:wal.standbyOutage' 30m
                    """);
        }

        @ParameterizedTest
        @ValueSource(strings = {"24MB", "2GB", "512kB", "1537kB"})
        void aSegmentSizeThatInitdbRefuses(String size) {
            stack.with("wal", "{\"segmentSize\":\"" + size + "\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.segmentSize = %s
                    problem                   : must be a power of two, 1MB … 1024MB: initdb accepts no other
                    fix                       : pulumi config set --path 'streamset:wal.segmentSize' 16MB
                    """.formatted(size));
        }

        @ParameterizedTest
        @ValueSource(strings = {"4%", "81%", "0.9", "half", "100%"})
        void aShareThatLeavesTooLittle(String share) {
            stack.with("wal", "{\"share\":\"" + share + "\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.share  = %s
                    problem              : must be a percentage, 5%% … 80%%
                    fix                  : pulumi config set --path 'streamset:wal.share' 20%%
                    """.formatted(share));
        }

        @Test
        void aVolumeAndAShareTogether() {
            stack.with("wal", "{\"share\":\"20%\",\"volume\":{\"size\":\"2Gi\"}}")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.share  = set together with volume
                    problem              : WAL has its own volume, and no share of the data volume
                    fix                  : pulumi config rm --path 'streamset:wal.share'
                    """);
        }

        @Test
        void aVolumeWithoutASize() {
            stack.with("wal", "{\"volume\":{\"className\":\"fast\"}}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:wal.volume.size = (not set)
                    problem                   : a volume for WAL must have a size
                    fix                       : pulumi config set --path 'streamset:wal.volume.size' 2Gi
                    """);
        }

        @Test
        void aVolumeThatIsNoObjectAndUnknownFields() {
            stack.with("wal", "{\"volume\":\"2Gi\",\"segmentsize\":\"16MB\"}").isRefusedWith("""
                    2 problems, nothing was changed

                    streamset:wal.volume = 2Gi
                    problem              : must be an object with named fields; this is not JSON
                    fix                  : pulumi config rm --path 'streamset:wal.volume', then set each field: pulumi config set --path 'streamset:wal.volume.<field>' <value>

                    streamset:wal.segmentsize = 16MB
                    problem                   : no such key, did you mean streamset:wal.segmentSize?
                    fix                       : pulumi config rm --path 'streamset:wal.segmentsize'
                    """);
        }
    }
}

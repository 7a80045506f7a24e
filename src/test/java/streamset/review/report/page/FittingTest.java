package streamset.review.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class FittingTest {
    @ParameterizedTest
    @CsvSource({
        "12, aaaa bbbb cccc", //
        "11, aaaa bbbb [and 1 more]",
        "4, aaaa [and 2 more]",
        "3, [and 3 more]",
    })
    void takesAsMuchAsThereIsRoomFor(int bytes, String shown) {
        var parts = Stream.of("aaaa", "bbbb", "cccc").map(Html::text);
        assertEquals(
                shown,
                Fitting.of(parts, bytes, howMany -> Html.text("[" + howMany + "]"))
                        .map(Html::toString)
                        .collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @CsvSource({"4, ää", "3, [and 1 more]"})
    void countsBytes(int bytes, String shown) {
        assertEquals(
                shown,
                Fitting.of(Stream.of(Html.text("ää")), bytes, howMany -> Html.text("[" + howMany + "]"))
                        .map(Html::toString)
                        .collect(Collectors.joining()));
    }
}

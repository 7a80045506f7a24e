package streamset.features.tls;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;

/**
 * When certificates are valid: what an update makes depends on the date alone, so that each gets the same until another quarter of
 * the year begins.
 *
 * @param quarter its first day, in UTC
 */
record Validity(LocalDate quarter) {
    // of a server's certificate: the most that browsers take, so that no client finds it too long
    private static final int DAYS = 398;

    private static final int DAYS_BEFORE = 1; // clocks of servers may be behind

    /** The first moment at which the root is valid: before there were any. */
    static final Instant ROOT_BEGINS = Instant.parse("2026-01-01T00:00:00Z");

    /** How RFC 5280 writes that a certificate does not expire. */
    static final Instant ROOT_EXPIRES = Instant.parse("9999-12-31T23:59:59Z");

    static Validity at(Clock clock) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new Validity(today.with(IsoFields.DAY_OF_QUARTER, 1));
    }

    /** The quarter as a word. */
    String word() {
        return quarter.getYear() + "-Q" + quarter.get(IsoFields.QUARTER_OF_YEAR);
    }

    Instant begins() {
        return midnight(quarter.minusDays(DAYS_BEFORE));
    }

    Instant expires() {
        return midnight(quarter.plusDays(DAYS - DAYS_BEFORE)).minusSeconds(1);
    }

    private static Instant midnight(LocalDate day) {
        return day.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
    }
}

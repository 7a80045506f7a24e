package streamset.catalog;

import java.util.Optional;

/** What a parameter can be set to, and how PostgreSQL reads it; {@code pg_settings.vartype}. */
sealed interface ValueType permits BooleanType, EnumType, IntegerType, RealType, StringType {
    /**
     * The value as {@code pg_settings.setting} shows it.
     *
     * @throws IllegalArgumentException with the reason, when PostgreSQL refuses the text
     */
    String canonical(String text);

    /** A canonical value as SHOW writes it: amounts with a unit. */
    default String shown(String canonical) {
        return canonical;
    }

    /** What a bare number counts, where it counts memory or time. */
    default Optional<Unit> counted() {
        return Optional.empty();
    }
}

package streamset.catalog;

import java.util.Optional;

/** The values that a parameter can have, and how PostgreSQL reads them; {@code pg_settings.vartype}. */
sealed interface ValueType permits BooleanType, EnumType, IntegerType, RealType, StringType {
    /**
     * The value in the form of {@code pg_settings.setting}.
     *
     * @throws IllegalArgumentException with the reason, when PostgreSQL refuses the text
     */
    String canonical(String text);

    /** A canonical value in the form of SHOW: amounts with a unit. */
    default String shown(String canonical) {
        return canonical;
    }

    /** The unit of a bare number that means memory or time. */
    default Optional<Unit> counted() {
        return Optional.empty();
    }
}

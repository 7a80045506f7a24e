package streamset.catalog;

/** On or off, in any of PostgreSQL's words for them, or an unambiguous prefix of one; bool.c: parse_bool. */
record BooleanType() implements ValueType {
    @Override
    public String canonical(String text) {
        if (begins("true", text, 1) || begins("yes", text, 1) || begins("on", text, 2) || text.equals("1")) {
            return "on";
        }
        if (begins("false", text, 1) || begins("no", text, 1) || begins("off", text, 2) || text.equals("0")) {
            return "off";
        }
        throw new IllegalArgumentException("must be on or off");
    }

    private static boolean begins(String word, String text, int leastLetters) {
        return text.length() >= leastLetters && word.regionMatches(true, 0, text, 0, text.length());
    }
}

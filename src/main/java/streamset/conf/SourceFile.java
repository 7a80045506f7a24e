package streamset.conf;

import java.util.List;

/**
 * A conf file as its author wrote it.
 *
 * @param location where it is, for messages: its path below the project's folder, or what takes its place
 * @param text of the whole, what stands in front included
 * @param front the file whose lines stand in front of its own
 */
public record SourceFile(String location, String text, Front front) {
    /**
     * The base file, where a stack's own file includes it.
     *
     * @param lines how many; 0 when there is none
     */
    public record Front(String location, int lines) {
        static final Front NONE = new Front("", 0);
    }

    /** A file with nothing in front of it. */
    public SourceFile(String location, String text) {
        this(location, text, Front.NONE);
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /** Where a line of the text stands, for messages. */
    public String line(int number) {
        return file(number) + ":" + numberInFile(number);
    }

    /** The edit that takes a line of the text away. */
    public String deletion(int number) {
        return deletion(List.of(number));
    }

    /** The edit that deletes several lines, as far as they are in the file of the last one: other stacks use the base file. */
    public String deletion(List<Integer> numbers) {
        var file = file(numbers.get(numbers.size() - 1));
        var inFile = numbers.stream()
                .filter(number -> file(number).equals(file))
                .map(number -> Integer.toString(numberInFile(number)))
                .toList();
        int last = inFile.size() - 1;
        return "delete "
                + (last == 0
                        ? "line " + inFile.get(0)
                        : "lines " + String.join(", ", inFile.subList(0, last)) + " and " + inFile.get(last))
                + " of " + file;
    }

    /** Whether a line of the text belongs to the file in front. */
    boolean isInFront(int number) {
        return number <= front.lines();
    }

    /** Whether a file begins with this line of the text. */
    boolean isFirst(int number) {
        return numberInFile(number) == 1;
    }

    /** The file that has a line of the text. */
    String file(int number) {
        return isInFront(number) ? front.location() : location;
    }

    /** The number that a line of the text has there. */
    int numberInFile(int number) {
        return isInFront(number) ? number : number - front.lines();
    }
}

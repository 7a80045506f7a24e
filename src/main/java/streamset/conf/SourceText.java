package streamset.conf;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import streamset.problems.Problems;

/**
 * What is in a conf file, as long as a ConfigMap can contain it.
 *
 * @param location of the file, for messages
 * @param isFile whether the location is the path of a file, for commands
 */
record SourceText(String location, boolean isFile, Problems problems) {
    private static final long SIZE_LIMIT_BYTES = 1L << 20; // it must fit into a ConfigMap, which has at most 1 MiB

    /** Whether a file is small enough; if not, that is a problem. */
    boolean fits(long bytes) {
        if (bytes > SIZE_LIMIT_BYTES) {
            problems.add(
                    location,
                    bytes + " bytes",
                    "it must fit into a ConfigMap, which has at most 1048576 bytes",
                    "make the file smaller");
        }
        return bytes <= SIZE_LIMIT_BYTES;
    }

    /** The text; empty when there is a problem with it. */
    String of(byte[] bytes) {
        if (!fits(bytes.length)) {
            return "";
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                problems.add(
                        location,
                        "line " + lineOf(text, text.indexOf('\0')),
                        "has a NUL byte, at which PostgreSQL would stop reading",
                        isFile ? "delete the byte: tr -d '\\000' < " + location : "delete the byte");
            }
            return text;
        } catch (CharacterCodingException e) {
            refuse(bytes);
            return "";
        }
    }

    private void refuse(byte[] bytes) {
        // no text in any encoding that PostgreSQL reads contains NUL
        if (new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0) {
            problems.add(
                    location,
                    "(no text)",
                    "has bytes that no text contains: it may be encrypted (git-crypt, for example) or another kind of file",
                    "replace it with the conf file itself; if it is encrypted, decrypt it first: git-crypt unlock");
            return;
        }
        problems.add(
                location,
                "(not UTF-8)",
                "a ConfigMap can contain only text in UTF-8",
                isFile ? "iconv -f LATIN1 -t UTF-8 " + location + " > new && mv new " + location : "write it in UTF-8");
    }

    private static long lineOf(String text, int position) {
        return text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
    }
}

package streamset.review;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/** The text of a YAML file, checked for whether it is YAML at all. The engine reads only the first of several documents. */
final class YamlFile {
    private static final String CORRECT = "correct the file";

    /** Values are resolved later: here it only matters whether they have a tag. */
    private static final Schema UNRESOLVED = new Schema() {
        @Override
        public ScalarResolver getScalarResolver() {
            return (text, plain) -> EngineScalar.UNTAGGED;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of();
        }
    };

    private final FileProblems problems;
    private final LoadSettings settings;

    private YamlFile(FileProblems problems) {
        this.problems = problems;
        this.settings = LoadSettings.builder()
                .setSchema(UNRESOLVED)
                .setAllowNonScalarKeys(true) // EngineYaml reports them better
                .setMaxAliasesForCollections(Integer.MAX_VALUE) // EngineYaml counts like the engine
                .build();
    }

    /**
     * Reads a file that must be an object with fields.
     *
     * @return empty when the file is empty, or cannot be used, which is then among the problems
     * @throws IOException when the file does not exist or cannot be opened
     */
    static Optional<MappingNode> read(FileProblems problems) throws IOException {
        return new YamlFile(problems).root(Files.readAllBytes(problems.file()));
    }

    private Optional<MappingNode> root(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return root(text.startsWith("\uFEFF") ? text.substring(1) : text).flatMap(this::mapping);
        } catch (CharacterCodingException e) {
            problems.add(1, "(no text)", "is not in UTF-8", "save the file in UTF-8");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(line, "(not YAML)", e.getProblem(), correction(e.getProblem()));
        } catch (ReaderException e) {
            problems.add(line(bytes, e), "U+%04X".formatted(e.getCodePoint()), "is a control character", "delete it");
        } catch (YamlEngineException e) {
            problems.add(1, "(not YAML)", e.getMessage(), CORRECT);
        }
        return Optional.empty();
    }

    private Optional<Node> root(String text) {
        if (new EngineSyntax(problems, settings).refuses(text)) {
            return Optional.empty();
        }
        var documents = new Compose(settings).composeAllFromString(text).iterator();
        return documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
    }

    private static String correction(String problem) {
        return problem.contains("TAB") ? "replace the tab with spaces" : CORRECT;
    }

    private static int line(byte[] bytes, ReaderException e) {
        var before = new String(bytes, StandardCharsets.UTF_8).codePoints().limit(e.getPosition());
        return 1 + (int) before.filter(c -> c == '\n').count();
    }

    private Optional<MappingNode> mapping(Node root) {
        if (root instanceof MappingNode mapping) {
            return Optional.of(mapping);
        }
        if (!(root instanceof ScalarNode scalar && EngineScalar.isNothing(scalar))) {
            problems.add(FileProblems.line(root), "(no fields)", "must be an object with the field config", CORRECT);
        }
        return Optional.empty();
    }
}

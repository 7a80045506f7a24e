package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.problems.Problem;
import streamset.problems.Problems;

@Tag("unit")
class ProjectKeysTest {
    @Test
    void areRefusedBecauseNobodyReadsThem() {
        var problems = new Problems();
        var draft = StackDraft.minimal()
                .with("shop:replicas", "5")
                .with("shop:wal", "{\"share\":\"30%\"}")
                .withSecret("shop:passwords", "{\"postgres\":\"hunter2\"}")
                .with("other:key", "1");
        ProjectKeys.refuse(draft.raw(), "shop", problems);
        assertEquals("""
                shop:passwords       = [secret]
                problem              : nobody reads it: the keys of the program are in the namespace streamset, whatever the project is called
                fix                  : pulumi config rm shop:passwords, then: pulumi config set --secret streamset:passwords <value>

                shop:replicas        = 5
                problem              : nobody reads it: the keys of the program are in the namespace streamset, whatever the project is called
                fix                  : pulumi config rm shop:replicas, then: pulumi config set streamset:replicas 5

                shop:wal             = {"share":"30%"}
                problem              : nobody reads it: the keys of the program are in the namespace streamset, whatever the project is called
                fix                  : pulumi config rm shop:wal, then: pulumi config set streamset:wal <value>""", problems.found().stream().map(Problem::text).collect(Collectors.joining("\n\n")));
    }

    @Test
    void areThoseOfTheProgramInAProjectOfItsName() {
        var problems = new Problems();
        ProjectKeys.refuse(StackDraft.minimal().with("replicas", "5").raw(), "streamset", problems);
        assertTrue(problems.isEmpty());
    }
}

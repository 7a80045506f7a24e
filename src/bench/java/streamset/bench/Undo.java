package streamset.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be undone, last first: when it is closed, and also when the program is ended by a signal in between. What is
 * done after that is undone at once.
 */
final class Undo implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final Thread hook = new Thread(this::undo, "undo");
    private boolean undone;

    Undo() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    synchronized void add(Runnable step) {
        if (undone) {
            step.run();
            throw new IllegalStateException("the program is being ended");
        }
        steps.push(step);
    }

    /** A step that fails keeps none of the others from being taken. */
    private synchronized void undo() {
        undone = true;
        var failure = new AssertionError("could not undo everything");
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException | AssertionError e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    @Override
    public void close() {
        undo();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is being ended, and the hook has nothing left to do
        }
    }
}

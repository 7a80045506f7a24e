package streamset.review.report;

import streamset.problems.Problem;

/**
 * Something that is refused.
 *
 * @param edit of the file that mends it, as a unified diff; empty when the remedy is no edit of the stack's file
 */
public record Refusal(Problem problem, String edit) {}

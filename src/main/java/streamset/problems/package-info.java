/** What is wrong with the input: collected, so that all of it is told at once, each with its remedy. */
package streamset.problems;

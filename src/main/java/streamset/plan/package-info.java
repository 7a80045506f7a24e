/** What an update will do to a cluster that exists: compares what is declared with what was, and refuses what costs data. */
package streamset.plan;

/** The node scripts against real PostgreSQL servers, each in namespaces of its own as in a pod. */
package streamset.node;

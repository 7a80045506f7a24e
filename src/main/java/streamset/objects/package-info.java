/** Kubernetes objects as data, whether they are wanted or there: one way to read both. */
package streamset.objects;

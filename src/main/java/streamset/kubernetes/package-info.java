/** The Kubernetes objects, one class each, and the component that declares them all. Only here is there an Output. */
package streamset.kubernetes;

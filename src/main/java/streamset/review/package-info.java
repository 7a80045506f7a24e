/** What a person reviews before it happens: the objects of a stack, without a cluster. */
package streamset.review;

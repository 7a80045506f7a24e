/** One cluster as it is declared: all that its pods and its objects are made from, checked and computed. */
package streamset.cluster;

/** The autoscaler as a plugin of Spark: what is measured of executors, and their number. */
package io.murmuration.scaling.spark;

/**
 * Loads plugin jars, each in a class loader that shows it nothing but the JDK and this contract.
 */
@NullMarked
package dev.codingplans.gateway.spi.loader;

import org.jspecify.annotations.NullMarked;

/** What becomes of a subscription when its time has come: charged, granted grace, or ended. */
@NullMarked
package dev.codingplans.plugin.billing;

import org.jspecify.annotations.NullMarked;

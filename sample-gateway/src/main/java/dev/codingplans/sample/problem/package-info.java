/** How the host answers when it cannot do what was asked, and how such answers are traced. */
@NullMarked
package dev.codingplans.sample.problem;

import org.jspecify.annotations.NullMarked;

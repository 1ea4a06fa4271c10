/** API keys: what a program sends in place of a token to call models, and nothing else. */
@NullMarked
package dev.codingplans.sample.apikeys;

import org.jspecify.annotations.NullMarked;

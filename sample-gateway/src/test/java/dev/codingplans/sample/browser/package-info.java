/** Pages as people see them: Chromium on the running gateway. */
package dev.codingplans.sample.browser;

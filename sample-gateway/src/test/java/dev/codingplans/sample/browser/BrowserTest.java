package dev.codingplans.sample.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that looks at pages with a browser. Its tests take, as parameters, the {@link Site}
 * that all such classes share, and a {@link Browsing} of their own.
 *
 * <pre>{@code
 * @Test
 * void cancels(Site site, Browsing browsing) {
 *   var ada = site.customer();
 *   var subscription = ada.subscribe(TokenPlan.PLUS);
 *   var page = browsing.as(ada, Look.PHONE).open("/subscriptions/coding-plans/" + subscription);
 *   page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Cancel")).click();
 *   assertThat(page.getByRole(AriaRole.STATUS)).containsText("Access ends");
 * }
 * }</pre>
 *
 * <p>Errors on the console, violations of the content policy, requests to other hosts, broken parts
 * and failures of the gateway fail every test by themselves; a test that provokes one says so with
 * {@link Visit#expecting}. What was on the screens when a test failed is in {@code
 * target/screenshots/failures}.
 *
 * <p>Where there is no browser the class is skipped, and the log says so; with {@code
 * BROWSER_TESTS=required} it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
public @interface BrowserTest {}

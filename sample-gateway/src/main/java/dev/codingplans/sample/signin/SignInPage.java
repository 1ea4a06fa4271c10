package dev.codingplans.sample.signin;

import io.micronaut.http.util.HtmlSanitizer;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page with the forms, as HTML. It works without scripts, and has none. */
@Singleton
@SuppressWarnings("InlineFormatString") // HTML reads best apart from what is put into it.
final class SignInPage {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Sign in</title>
      <link rel="stylesheet" href="/login/style.css">
      <link rel="icon" href="data:,">
      </head>
      <body>
      <main>
      <h1>Sign in</h1>
      %s
      </main>
      </body>
      </html>
      """;

  private static final String ERROR =
      """
      <p class="error" role="alert">%s</p>
      """;

  private static final String NOT_KEPT =
      """
      <p class="error" role="alert">This connection is not encrypted, so your browser will not stay signed in. \
      Open this page with https://.</p>
      """;

  /** A cookie of this site's own is not sent along a link from elsewhere, but along this one. */
  private static final String GO_ON =
      """
      <p class="help"><a href="%s">Signed in already? Go on</a></p>
      """;

  private static final String TOKEN =
      """
      <form method="post" action="/login">
      <input type="hidden" name="returnTo" value="%s">
      <label for="token">Access token</label>
      <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" required \
      aria-describedby="token-help"%s>
      <p class="help" id="token-help">From your identity provider, or as the operator&#x27;s \
      <code>bin/gateway token</code> prints one. You stay signed in until it ends.</p>
      <button>Sign in with a token</button>
      </form>
      """;

  private static final String PASSWORD =
      """
      <form method="post" action="/login">
      <input type="hidden" name="returnTo" value="%s">
      <label for="username">User name</label>
      <input id="username" name="username" autocomplete="username" autocapitalize="none" \
      spellcheck="false" required autofocus>
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required>
      <button>Sign in</button>
      </form>
      <section aria-labelledby="demo">
      <h2 id="demo">Who is here in the demo</h2>
      <p class="help">Each name is also the password.</p>
      <dl>
      %s
      </dl>
      </section>
      """;

  private static final String LOGIN = "<div><dt>%s</dt><dd>%s</dd></div>";

  private final Optional<Passwords> passwords;
  private final HtmlSanitizer html;

  SignInPage(Optional<Passwords> passwords, HtmlSanitizer html) {
    this.passwords = passwords;
    this.html = html;
  }

  /**
   * Returns the page.
   *
   * @param kept whether the browser would keep the cookie
   */
  String show(ReturnTo returnTo, Optional<SignInError> error, boolean kept) {
    var target = html.sanitize(returnTo.toString());
    return PAGE.formatted(
        (kept ? "" : NOT_KEPT)
            + error.map(shown -> ERROR.formatted(shown.sentence())).orElse("")
            + passwords.map(known -> PASSWORD.formatted(target, logins(known))).orElse("")
            + TOKEN.formatted(target, passwords.isPresent() ? "" : " autofocus")
            + GO_ON.formatted(target));
  }

  private String logins(Passwords known) {
    return known.logins().stream()
        .map(
            login ->
                LOGIN.formatted(html.sanitize(login.name()), html.sanitize(login.description())))
        .collect(Collectors.joining("\n"));
  }
}

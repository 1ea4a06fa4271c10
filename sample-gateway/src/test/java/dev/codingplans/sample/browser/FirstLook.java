package dev.codingplans.sample.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What the first look at a page costs, with nothing in the cache.
 *
 * @param bytes over the wire, with headers
 * @param requests for the page and its parts
 * @param firstPaintMillis from the start of the navigation to the first text or picture
 * @param layoutShift how much of the window moved after it was painted, as Chromium adds it up
 */
record FirstLook(long bytes, long requests, double firstPaintMillis, double layoutShift) {

  private static final String FIRST_PAINT =
      """
      () => new Promise(done => new PerformanceObserver(list => list.getEntries()
          .filter(paint => paint.name === 'first-contentful-paint')
          .forEach(paint => done(paint.startTime)))
          .observe({type: 'paint', buffered: true}))""";

  /** The observer is told what was before it, a moment later. */
  private static final String LAYOUT_SHIFT =
      """
      () => new Promise(done => {
        let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(shift => sum += shift.value))
            .observe({type: 'layout-shift', buffered: true});
        requestAnimationFrame(() => setTimeout(() => done(sum), 50));
      })""";

  /** Opens a path in a tab that has been nowhere yet. */
  static FirstLook at(Page page, String path) {
    var bytes = new AtomicLong();
    var requests = new AtomicLong();
    var wire = page.context().newCDPSession(page);
    wire.send("Network.enable");
    wire.on(
        "Network.loadingFinished",
        end -> {
          bytes.addAndGet(end.get("encodedDataLength").getAsLong());
          requests.incrementAndGet();
        });
    page.navigate(path);
    page.waitForLoadState(LoadState.NETWORKIDLE);
    var painted = ((Number) page.evaluate(FIRST_PAINT)).doubleValue();
    var look = new FirstLook(bytes.get(), requests.get(), painted, layoutShift(page));
    wire.detach();
    return look;
  }

  /** Returns how much of the window has moved since the page was opened. */
  static double layoutShift(Page page) {
    return ((Number) page.evaluate(LAYOUT_SHIFT)).doubleValue();
  }

  /** Returns a row of a table, with the median first paint of this and other looks. */
  String row(String name, List<FirstLook> others) {
    var paints =
        Stream.concat(Stream.of(this), others.stream())
            .mapToDouble(FirstLook::firstPaintMillis)
            .sorted()
            .toArray();
    return String.format(
        Locale.ROOT,
        "| `%s` | %d | %.1f | %.0f | %.3f |",
        name,
        requests,
        bytes / 1024.0,
        paints[paints.length / 2],
        layoutShift);
  }
}

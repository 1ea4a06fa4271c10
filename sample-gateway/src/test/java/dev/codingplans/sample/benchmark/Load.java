package dev.codingplans.sample.benchmark;

/**
 * A load: so many connections, each of which sends the chat again as soon as it is answered.
 *
 * @param token what the client shows the gateway
 */
record Load(int port, int connections, long millis, String token) {

  /**
   * What came of a load.
   *
   * @param answered the right answers
   * @param failed answers of another status or size, and connections that broke
   * @param fault what the last failure was
   * @param nanos from the first request to the last answer
   */
  record Result(
      long answered, long failed, String fault, long nanos, long p50Nanos, long p99Nanos) {}
}

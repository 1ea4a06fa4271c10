import java.io.OutputStream;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.reactive.context.ReactiveWebServerApplicationContext;

/**
 * The plainest Spring Cloud Gateway: one route, no filters of its own. The benchmark runs this file
 * with {@code java}, which compiles it, speaks to it as to its other programs, and ends it by
 * closing its input.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SpringCloudGateway {

  /** Takes the provider's port, and prints its own. */
  public static void main(String[] arguments) throws Exception {
    var application = new SpringApplication(SpringCloudGateway.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "spring.main.banner-mode", "off",
            // Its output is read by the benchmark.
            "logging.level.root", "off",
            "spring.cloud.gateway.server.webflux.routes[0].id", "provider",
            "spring.cloud.gateway.server.webflux.routes[0].uri", "http://127.0.0.1:" + arguments[0],
            "spring.cloud.gateway.server.webflux.routes[0].predicates[0]", "Path=/**"));
    try (var context = application.run()) {
      var server = ((ReactiveWebServerApplicationContext) context).getWebServer();
      System.out.println(server.getPort());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}

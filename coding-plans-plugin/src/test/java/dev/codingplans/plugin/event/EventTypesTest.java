package dev.codingplans.plugin.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTypesTest {

  @ParameterizedTest
  @MethodSource("events")
  @DisplayName("F2 every event's name is known, so that an operator can ask for it")
  void isKnown(Class<?> event) throws ReflectiveOperationException {
    var components = event.getRecordComponents();
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var nothing = Arrays.stream(types).map(EventTypesTest::nothing).toArray();
    var constructor = event.getDeclaredConstructor(types);
    constructor.setAccessible(true);

    assertThat(EventTypes.ALL).contains(((LifecycleEvent) constructor.newInstance(nothing)).type());
  }

  static Stream<Class<?>> events() {
    return Stream.of(LifecycleEvent.class.getPermittedSubclasses())
        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()));
  }

  private static Object nothing(Class<?> type) {
    if (type == long.class) {
      return 0L;
    }
    if (type == int.class) {
      return 0;
    }
    return type == boolean.class ? false : null;
  }
}

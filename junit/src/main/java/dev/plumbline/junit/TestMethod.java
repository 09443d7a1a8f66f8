package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test method that runs without JUnit's engine: the class is made with its constructor without parameters, and the
 * methods around it run, those of superclasses first before it and last after it.
 */
final class TestMethod {
    private final Class<?> type;
    private final String name;

    TestMethod(Class<?> type, String name) {
        this.type = requireNonNull(type, "type");
        this.name = requireNonNull(name, "name");
    }

    /** The features that need JUnit's engine, in a sentence with the remedy; empty if there are none. */
    Optional<String> refusal() {
        if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            return refuse(
                    "is in the inner class " + type.getName() + "; move it to a class that is static or on its own");
        }
        if (type.getDeclaredConstructors().length != 1 || type.getDeclaredConstructors()[0].getParameterCount() > 0) {
            return refuse("needs a test class with one constructor without parameters; make in @BeforeEach what "
                    + type.getSimpleName() + " is given");
        }
        List<Method> around = new ArrayList<>(methods(BeforeAll.class));
        around.addAll(methods(BeforeEach.class));
        around.addAll(methods(AfterEach.class));
        around.addAll(methods(AfterAll.class));
        for (Method method : around) {
            if (method.getParameterCount() > 0) {
                return refuse("is run in processes of its own, where " + method.getName()
                        + " can have no parameters; remove them");
            }
        }
        Method method = method();
        if (!Arrays.equals(method.getParameterTypes(), new Class<?>[] {Measured.class})) {
            return refuse("has to have one parameter, of the type Measured; make anything else in @BeforeEach");
        }
        return extension()
                .flatMap(other -> refuse("is run in processes of its own, which know no extension, and " + other
                        + " is one; make in @BeforeEach what it gives, or move the test to a class without it"));
    }

    private Optional<String> refuse(String why) {
        return Optional.of("the performance test " + name + " " + why);
    }

    private Optional<String> extension() {
        for (Class<?> each : lineage()) {
            Optional<String> ofType = extensionOf(each);
            if (ofType.isPresent()) {
                return ofType;
            }
            for (Field field : each.getDeclaredFields()) {
                if (field.isAnnotationPresent(TempDir.class) || field.isAnnotationPresent(RegisterExtension.class)) {
                    return Optional.of("the field " + field.getName());
                }
            }
        }
        return extensionOf(method());
    }

    private static Optional<String> extensionOf(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotationsByType(ExtendWith.class))
                .flatMap(one -> Arrays.stream(one.value()))
                .filter(extension -> extension != PerformanceExtension.class)
                .map(Class::getSimpleName)
                .findFirst();
    }

    /** Runs all of it. */
    void invoke(Measured measured) throws Throwable {
        List<Method> before = methods(BeforeAll.class);
        List<Method> after = reversed(methods(AfterAll.class));
        // methods for all tests that are not static belong to the one instance of a class that has one
        boolean onlyStatic = Stream.concat(before.stream(), after.stream())
                .allMatch(method -> Modifier.isStatic(method.getModifiers()));
        Optional<Object> early = onlyStatic ? Optional.empty() : Optional.of(instance());
        for (Method each : before) {
            call(each, early.orElse(null));
        }
        try {
            invoke(early.isPresent() ? early.get() : instance(), measured);
        } finally {
            for (Method each : after) {
                call(each, early.orElse(null));
            }
        }
    }

    private void invoke(Object instance, Measured measured) throws Throwable {
        for (Method each : methods(BeforeEach.class)) {
            call(each, instance);
        }
        try {
            Method method = method();
            method.setAccessible(true);
            unwrapped(() -> method.invoke(instance, measured));
        } finally {
            for (Method each : reversed(methods(AfterEach.class))) {
                call(each, instance);
            }
        }
    }

    private Object instance() throws Throwable {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return unwrapped(constructor::newInstance);
    }

    private interface Reflective {
        Object call() throws ReflectiveOperationException;
    }

    private static void call(Method method, Object instance) throws Throwable {
        method.setAccessible(true);
        unwrapped(() -> method.invoke(instance));
    }

    private static Object unwrapped(Reflective call) throws Throwable {
        try {
            return call.call();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Method method() {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && !method.isSynthetic()
                        && method.isAnnotationPresent(PerformanceTest.class)) {
                    return method;
                }
            }
        }
        throw new IllegalArgumentException("the class " + type.getName() + " has no performance test " + name);
    }

    /** Superclasses first. */
    private List<Class<?>> lineage() {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            all.add(0, each);
        }
        return all;
    }

    /** The annotated methods, those of superclasses first, without overridden ones. */
    private List<Method> methods(Class<? extends Annotation> annotation) {
        List<Method> all = new ArrayList<>();
        for (Class<?> each : lineage()) {
            List<Method> own = Arrays.stream(each.getDeclaredMethods())
                    .filter(method -> !method.isSynthetic())
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
            own.forEach(method -> all.removeIf(inherited -> isOverridden(inherited, method)));
            own.stream()
                    .filter(method -> method.isAnnotationPresent(annotation))
                    .forEach(all::add);
        }
        return all;
    }

    private static boolean isOverridden(Method inherited, Method method) {
        return inherited.getName().equals(method.getName())
                && Arrays.equals(inherited.getParameterTypes(), method.getParameterTypes())
                && !Modifier.isPrivate(inherited.getModifiers())
                && !Modifier.isStatic(inherited.getModifiers());
    }

    private static List<Method> reversed(List<Method> methods) {
        List<Method> reversed = new ArrayList<>(methods);
        Collections.reverse(reversed);
        return reversed;
    }
}

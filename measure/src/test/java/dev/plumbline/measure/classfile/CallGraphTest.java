package dev.plumbline.measure.classfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes that a real compiler made, and what each of them can reach. */
class CallGraphTest {
    private static final String SOURCE = """
        package demo;

        import java.util.List;
        import java.util.function.Function;

        class Text {
            static final int LIMIT = Integer.parseInt("7");
            static String join(String a, String b) { return a + b; }
            static class Inner { int size; }
        }
        interface Shape { double area(); default double twice() { return 2 * Halves.half(area()); } }
        class Circle implements Shape { public double area() { return Math.PI; } }
        class Square implements Shape { public double area() { return Side.length(); } }
        class Side { static double length() { return 2; } }
        class Halves { static double half(double x) { return x / 2; } }
        class Order implements java.util.Comparator<String> {
            public int compare(String a, String b) { return Text.join(a, b).length(); }
        }
        class Named { @Override public String toString() { return Text.join("a", "b"); } }
        class Base { Base() { Halves.half(1); } }
        class Derived extends Base {}
        class Unused { static void call() { Text.join("a", "b"); } }
        class Wide {
            static int far(int n) {
                switch (n) { case 1: return 1; case 2: return 3; case 3: return 7; case 4: return 8; default: break; }
                switch (n) { case 10: return 1; case 2000: return 3; default: break; }
                for (int i = 0; i < 1000; i += 500) { n += i; }
                int[][] grid = new int[2][3];
                long big = 10_000_000_000L;
                return Text.join("a", "b").length() + grid.length + (int) big;
            }
        }
        record Pair(String left, Text.Inner right) {}

        class CallsStatic { void run() { Text.join("a", "b"); } }
        class CallsLambda { void run(List<String> all) { all.forEach(each -> Text.join(each, each)); } }
        class CallsReference { void run() { Function<Double, Double> f = Halves::half; } }
        class CallsInterface { double run(Shape shape) { return shape.area(); } }
        class CallsDefault { double run(Shape shape) { return shape.twice(); } }
        class HandsOver { void run(List<String> all) { all.sort(new Order()); } }
        class Prints { String run() { return "" + new Named(); } }
        class Extends { Object run() { return new Derived(); } }
        class ReadsField { int run() { return Text.LIMIT; } }
        class UsesInner { int run(Text.Inner inner) { return inner.size; } }
        class Casts { Object run(Object any) { return (Text.Inner[]) any; } }
        class Switches { int run() { return Wide.far(3); } }
        class Anonymous { Runnable run() { return new Runnable() { public void run() { Halves.half(3); } }; } }
        class NoneOfIt { int run() { return Math.max(1, 2); } }
        class Endless { int run() { return again(); } int again() { return run(); } }
        """;

    @TempDir
    private static Path made;

    private static CallGraph graph;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compiles_the_classes() throws IOException {
        Path classes = CompiledJar.classes(made, Map.of("demo/Text.java", SOURCE));
        graph = CallGraph.of(JarPath.of(CompiledJar.jar(made.resolve("all.jar"), classes, "")));
    }

    @ParameterizedTest(name = "{0} reaches {1}: {2}")
    @CsvSource({
        "CallsStatic,    Text,        join",
        "CallsStatic,    Halves,      none",
        "CallsLambda,    Text,        join",
        "CallsReference, Halves,      half",
        "CallsInterface, Side,        length",
        "CallsInterface, Circle,      area",
        "CallsInterface, Halves,      none",
        "CallsDefault,   Halves,      half",
        "HandsOver,      Text,        join",
        "Prints,         Text,        join",
        "Extends,        Halves,      half",
        "ReadsField,     Text,        ''",
        "UsesInner,      Text$Inner,  ''",
        "UsesInner,      Text,        none",
        "Casts,          Text$Inner,  ''",
        "Switches,       Text,        join",
        "Anonymous,      Halves,      half",
        "NoneOfIt,       Text,        none",
        "Endless,        Text,        none",
        "Unknown,        Text,        none"
    })
    void code_reaches_what_it_can_call(String root, String sought, String method) {
        Optional<CallGraph.Reached> found =
                graph.nearest(List.of("demo/" + root), name -> name.equals("demo/" + sought));

        assertThat(found.map(CallGraph.Reached::type))
                .isEqualTo(method.equals("none") ? Optional.empty() : Optional.of("demo/" + sought));
        found.ifPresent(reached -> assertThat(reached.method()).isEqualTo(method));
    }

    @Test
    void the_root_itself_counts() {
        assertThat(graph.nearest(List.of("demo/NoneOfIt"), name -> name.equals("demo/NoneOfIt")))
                .isPresent();
    }

    @Test
    void every_class_says_its_source_unless_the_compiler_left_it_out() throws IOException {
        Path classes = CompiledJar.classes(folder, Map.of("a/B.java", "package a; class B { class C {} }"), "-g:none");
        CallGraph bare = CallGraph.of(JarPath.of(CompiledJar.jar(folder.resolve("bare.jar"), classes, "")));

        assertThat(graph.types())
                .contains(
                        new CallGraph.Type("demo/Text$Inner", Optional.of("Text.java")),
                        new CallGraph.Type("demo/Circle", Optional.of("Text.java")));
        assertThat(bare.types())
                .containsExactlyInAnyOrder(
                        new CallGraph.Type("a/B", Optional.empty()), new CallGraph.Type("a/B$C", Optional.empty()));
    }

    @Test
    void a_jar_runs_with_what_its_manifest_names() throws IOException {
        Path classes = CompiledJar.classes(folder, Map.of("a/B.java", "package a; class B {}"));
        Path library = CompiledJar.jar(folder.resolve("library one.jar"), classes, "");
        Files.createDirectory(folder.resolve("nothing"));
        Path jar = CompiledJar.jar(
                folder.resolve("main.jar"),
                folder.resolve("nothing"),
                "library%20one.jar classes/ missing.jar bad:x ::");

        assertThat(JarPath.of(jar).entries()).hasSize(3).contains(library);
        assertThat(CallGraph.of(JarPath.of(jar)).types())
                .extracting(CallGraph.Type::name)
                .containsExactly("a/B");
    }

    @Test
    void a_damaged_class_is_named() throws IOException {
        Path classes = CompiledJar.classes(folder, Map.of("a/B.java", "package a; class B { int c() { return 1; } }"));
        Path file = classes.resolve("a/B.class");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 4, 20, whole.length / 2, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            JarPath jar = JarPath.of(CompiledJar.jar(folder.resolve("b" + length + ".jar"), classes, ""));

            assertThatThrownBy(() -> CallGraph.of(jar))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("b" + length + ".jar: a/B.class: ")
                    .hasMessageContaining("class file");
        }
    }

    @Test
    void any_byte_may_be_wrong_without_more_than_an_error() throws IOException {
        Path classes = CompiledJar.classes(folder, Map.of("demo/Text.java", SOURCE));
        byte[] whole = Files.readAllBytes(classes.resolve("demo/Wide.class"));
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) 0xff;
            try {
                ClassFile.read(changed);
            } catch (java.util.zip.ZipException e) {
                assertThat(e).hasMessageContaining("class file");
            }
        }
    }

    @Test
    void a_file_that_is_no_jar_is_an_error() throws IOException {
        Path none = Files.writeString(folder.resolve("none.jar"), "text");

        assertThatThrownBy(() -> JarPath.of(none)).isInstanceOf(IOException.class);
    }
}

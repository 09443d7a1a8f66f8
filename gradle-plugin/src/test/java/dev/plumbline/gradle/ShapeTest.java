package dev.plumbline.gradle;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.gradle.api.DefaultTask;
import org.gradle.api.Project;
import org.gradle.work.DisableCachingByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration cache, the build cache and other versions of Gradle ask for. */
class ShapeTest {
    private static final JavaClasses OWN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.plumbline.gradle");

    @Test
    void no_task_knows_its_project_when_it_runs() {
        noClasses()
                .that(assignableTo(DefaultTask.class))
                .should()
                .dependOnClassesThat(assignableTo(Project.class))
                .check(OWN);
        noFields().should().haveRawType(Project.class).check(OWN);
    }

    @Test
    void every_task_says_why_its_answer_is_not_cached() {
        classes()
                .that(assignableTo(DefaultTask.class))
                .should()
                .beAnnotatedWith(DisableCachingByDefault.class)
                .check(OWN);
    }

    @Test
    void nothing_of_gradle_outside_its_public_packages_is_used() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.gradle..internal..", "groovy..", "kotlin..")
                .check(OWN);
    }

    @Test
    void the_sources_compile_against_an_older_gradle(@TempDir Path classes) throws IOException {
        Path older = Path.of("target/older-gradle/gradle-api-7.6.4.jar");
        assertThat(older).exists();
        String classPath = older
                + File.pathSeparator
                + String.join(
                        File.pathSeparator,
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> !entry.contains("gradle-api") && !entry.endsWith("test-classes"))
                                .toList());
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            assertThat(compiler.getTask(
                                    complaints,
                                    files,
                                    null,
                                    List.of("-proc:none", "-d", classes.toString(), "-classpath", classPath),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .as(() -> complaints.toString())
                    .isTrue();
        }
    }
}

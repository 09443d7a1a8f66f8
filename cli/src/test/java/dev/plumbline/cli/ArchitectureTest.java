package dev.plumbline.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every sentence about who may know whom, as a rule over the compiled classes of all modules. */
@AnalyzeClasses(packages = "dev.plumbline", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {
    /** What is delivered, wherever tests are compiled to. */
    static final class WithoutTests implements ImportOption {
        private static final Pattern TESTS = Pattern.compile(".*/test(-classes)?/.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(TESTS);
        }
    }

    private static final String CORE = "dev.plumbline.core..";
    private static final String INGEST = "dev.plumbline.ingest..";
    private static final String MEASURE = "dev.plumbline.measure..";
    private static final String STORE = "dev.plumbline.store..";
    private static final String REPORT = "dev.plumbline.report..";
    private static final String PUBLISH = "dev.plumbline.publish..";
    private static final String PIPELINE = "dev.plumbline.pipeline..";
    private static final String CLI = "dev.plumbline.cli..";
    private static final String SERVER = "dev.plumbline.server..";
    private static final String IDENTITY = "dev.plumbline.server.identity..";
    private static final String JUNIT = "dev.plumbline.junit..";

    private static final DescribedPredicate<JavaAccess<?>> CLOCK = accessTo(
            "the system's clock, chance or properties",
            Set.of(
                    "java.time.Clock.system",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.Instant.now",
                    "java.time.LocalDate.now",
                    "java.time.LocalDateTime.now",
                    "java.time.ZonedDateTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.ZoneId.systemDefault",
                    "java.util.UUID.randomUUID",
                    "java.lang.Math.random",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.System.getenv",
                    "java.lang.System.getProperty",
                    "java.util.Locale.getDefault",
                    "java.util.TimeZone.getDefault"));

    // --- Which module knows which.

    @ArchTest
    static final ArchRule core_depends_on_nothing_of_ours = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INGEST, MEASURE, STORE, REPORT, PUBLISH, PIPELINE, CLI);

    @ArchTest
    static final ArchRule measure_knows_core_and_ingest_only = noClasses()
            .that()
            .resideInAPackage(MEASURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STORE, REPORT, PUBLISH, PIPELINE, CLI);

    @ArchTest
    static final ArchRule junit_knows_core_and_ingest_only = noClasses()
            .that()
            .resideInAPackage(JUNIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(MEASURE, STORE, REPORT, PUBLISH, PIPELINE, CLI)
            .because("it is on the class path of other people's tests");

    @ArchTest
    static final ArchRule nobody_knows_junit = noClasses()
            .that()
            .resideOutsideOfPackage(JUNIT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JUNIT);

    @ArchTest
    static final ArchRule junit_needs_no_assertions_and_no_engine = noClasses()
            .that()
            .resideInAPackage(JUNIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.assertj..", "org.junit.platform..", "org.junit.jupiter.engine..")
            .because("users bring them in the version they like");

    @ArchTest
    static final ArchRule what_users_implement_needs_only_the_jdk = classes()
            .that()
            .resideInAPackage("dev.plumbline.measure.api")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.plumbline.measure.api", "java..", "com.sun.management..")
            .because("it runs in the user's own process, on the user's class path");

    @ArchTest
    static final ArchRule ingest_store_and_report_do_not_measure = noClasses()
            .that()
            .resideInAnyPackage(INGEST, STORE, REPORT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(MEASURE);

    @ArchTest
    static final ArchRule ingest_store_and_report_know_only_core_of_ours = noClasses()
            .that()
            .resideInAnyPackage(INGEST, STORE, REPORT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PUBLISH, PIPELINE, CLI);

    @ArchTest
    static final ArchRule publish_knows_core_and_report_only = noClasses()
            .that()
            .resideInAPackage(PUBLISH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INGEST, MEASURE, STORE, PIPELINE, CLI);

    @ArchTest
    static final ArchRule only_publish_the_client_and_identity_open_connections = noClasses()
            .that()
            .resideOutsideOfPackages(PUBLISH, "dev.plumbline.cli.remote", IDENTITY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..")
            .because("tokens go to the host they belong to, and one place sees to that");

    @ArchTest
    static final ArchRule ingest_knows_neither_store_nor_report = noClasses()
            .that()
            .resideInAPackage(INGEST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STORE, REPORT);

    @ArchTest
    static final ArchRule store_knows_neither_ingest_nor_report = noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INGEST, REPORT);

    @ArchTest
    static final ArchRule report_knows_neither_ingest_nor_store = noClasses()
            .that()
            .resideInAPackage(REPORT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INGEST, STORE);

    @ArchTest
    static final ArchRule pipeline_does_not_know_the_command_line = noClasses()
            .that()
            .resideInAPackage(PIPELINE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLI);

    @ArchTest
    static final ArchRule no_packages_know_each_other_in_a_circle =
            slices().matching("dev.plumbline.(**)").should().beFreeOfCycles();

    private static final int MOST_TYPES = 25;

    /** All but one of its types are promised to users of the library under their full names. */
    private static final Map<String, Integer> MORE_TYPES = Map.of("dev.plumbline.core.model", 27);

    @ArchTest
    static void a_package_has_one_idea_and_few_types(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .filter(type -> !type.getPackageName().startsWith("dev.plumbline.bench"))
                        .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()))
                        .entrySet())
                .hasSizeGreaterThan(50)
                .allSatisfy(one -> assertThat(one.getValue())
                        .as(one.getKey())
                        .isLessThanOrEqualTo(MORE_TYPES.getOrDefault(one.getKey(), MOST_TYPES)));
    }

    // --- Inside core: numbers, then records, then judgement.

    /** Every room knows those before it alone. */
    private static final List<String> ROOMS = List.of(
            "stats",
            "model",
            "role",
            "annotation",
            "finding",
            "shape",
            "history",
            "baseline",
            "threshold",
            "judge",
            "gate",
            "compare",
            "calibrate",
            "incident",
            "api");

    @ArchTest
    static void a_room_of_core_knows_only_those_before_it(JavaClasses classes) {
        for (int i = 0; i < ROOMS.size() - 1; i++) {
            String[] later = ROOMS.subList(i + 1, ROOMS.size()).stream()
                    .map(ArchitectureTest::room)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(room(ROOMS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .because("a value moves to the right and never asks back")
                    .check(classes);
        }
    }

    @ArchTest
    static void core_has_these_rooms_and_no_other(JavaClasses classes) {
        assertThat(classes.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith("dev.plumbline.core."))
                        .map(name -> name.split("\\.")[3])
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(ROOMS));
    }

    private static String room(String name) {
        return "dev.plumbline.core." + name + "..";
    }

    @ArchTest
    static final ArchRule only_the_history_searches_for_steps = noClasses()
            .that()
            .resideOutsideOfPackages(room("stats"), room("shape"), room("history"))
            .should()
            .callMethod(StepScan.class, "analyze", double[].class)
            .orShould()
            .callMethod(StepScan.class, "analyze", double[].class, StepScan.Settings.class)
            .orShould()
            .callMethod(StepScan.class, "analyze", double[].class, StepScan.Settings.class, KnownLevels.class)
            .orShould()
            .callConstructor(StepScan.class, StepScan.Settings.class)
            .because("everybody has the same change points");

    @ArchTest
    static final ArchRule core_touches_no_file_socket_log_or_thread = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat(describe(
                    "read, write, connect, log or run beside",
                    type -> type.getPackageName().equals("java.io")
                            || type.getPackageName().startsWith("java.nio.file")
                            || type.getPackageName().startsWith("java.nio.channels")
                            || type.getPackageName().startsWith("java.net")
                            || type.getPackageName().startsWith("java.sql")
                            || type.getPackageName().startsWith("java.util.logging")
                            || type.getPackageName().equals("java.util.concurrent")
                            || type.isAssignableTo(Thread.class)
                            || type.getName().startsWith("java.lang.System$Logger")))
            .because("the same input gives the same output on every machine; files and threads are the callers'");

    @ArchTest
    static final ArchRule core_reads_no_clock_and_draws_no_chance = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .accessTargetWhere(CLOCK)
            .because("clock, seed and environment come in as parameters");

    @ArchTest
    static final ArchRule core_uses_only_the_jdk_and_the_statistics_base = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CORE,
                    "java..",
                    "org.apache.commons.statistics..",
                    "org.apache.commons.rng..",
                    "org.apache.commons.numbers..",
                    "org.jspecify.annotations..");

    // --- A use case is one job.

    /** What the command line constructs of pipeline and is no value. */
    private static final DescribedPredicate<JavaClass> USE_CASE = describe(
            "are constructed by commands as use cases",
            type -> type.getPackageName().startsWith("dev.plumbline.pipeline")
                    && type.isTopLevelClass()
                    && !type.isRecord()
                    && !type.isAssignableTo(Throwable.class)
                    && type.getConstructorCallsToSelf().stream()
                            .anyMatch(call ->
                                    call.getOriginOwner().getPackageName().startsWith("dev.plumbline.cli")));

    @ArchTest
    static final ArchRule no_use_case_has_more_than_one_public_method = classes()
            .that(USE_CASE)
            .should(new ArchCondition<>("have no second public method, and no static one") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    List<JavaMethod> all = type.getMethods().stream()
                            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                                    && !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                            .toList();
                    boolean isOneJob = all.size() <= 1
                            && all.stream().noneMatch(one -> one.getModifiers().contains(JavaModifier.STATIC));
                    events.add(new SimpleConditionEvent(
                            type,
                            isOneJob,
                            type.getName() + " has "
                                    + all.stream()
                                            .map(JavaMethod::getName)
                                            .sorted()
                                            .toList()));
                }
            })
            .because("two jobs are two use cases, and options are values");

    @ArchTest
    static void the_use_cases_were_seen(JavaClasses classes) {
        assertThat(classes.stream().filter(USE_CASE)).hasSizeGreaterThan(50);
    }

    // --- Libraries stay behind the module that needs them.

    @ArchTest
    static final ArchRule only_ingest_and_report_know_json = noClasses()
            .that()
            .resideOutsideOfPackages(INGEST, REPORT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule only_the_store_knows_the_database = noClasses()
            .that()
            .resideOutsideOfPackages(STORE, "dev.plumbline.server.data..", "dev.plumbline.server.people..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..");

    @ArchTest
    static final ArchRule server_does_not_know_the_command_line = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, "picocli..")
            .because("it is given what answers a command line");

    @ArchTest
    static final ArchRule only_the_command_line_knows_the_server = noClasses()
            .that()
            .resideOutsideOfPackages(SERVER, CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SERVER);

    @ArchTest
    static final ArchRule only_the_server_answers_requests = noClasses()
            .that()
            .resideOutsideOfPackage("dev.plumbline.server.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule only_messages_to_people_are_mail = noClasses()
            .that()
            .resideOutsideOfPackage("dev.plumbline.publish.alert..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..");

    @ArchTest
    static final ArchRule only_webhooks_connect_to_addresses_that_people_choose = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .and()
            .resideOutsideOfPackage("dev.plumbline.server.hook..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.Socket")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("javax.net.ssl..")
            .because("its rule for addresses keeps them out of private networks");

    @ArchTest
    static final ArchRule only_identity_reads_signed_tokens = noClasses()
            .that()
            .resideOutsideOfPackage(IDENTITY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.nimbusds..")
            .because("what is verified there is claims, and nothing else looks at a token");

    @ArchTest
    static final ArchRule only_the_command_line_knows_picocli = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    // --- Process-wide things belong to the command line.

    @ArchTest
    static final ArchRule only_the_command_line_prints = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .accessTargetWhere(
                    accessTo("standard output or error", Set.of("java.lang.System.out", "java.lang.System.err")));

    @ArchTest
    static final ArchRule only_the_main_classes_end_the_process = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.plumbline.cli.Plumb")
            .and()
            .doNotHaveFullyQualifiedName("dev.plumbline.junit.ForkMain")
            .should()
            .accessTargetWhere(accessTo(
                    "the end of the process",
                    Set.of("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt")));

    // --- Names that say nothing.

    @ArchTest
    static final ArchRule a_class_is_named_by_what_it_is = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .because("a noun of the domain says more: RunStore, JmhReader, TextReport");

    @ArchTest
    static final ArchRule a_package_is_named_by_what_it_holds =
            noClasses().should().resideInAnyPackage("..common..", "..util..", "..utils..", "..dto..", "..impl..");

    @ArchTest
    static final ArchRule no_public_field_changes =
            fields().that().arePublic().should().beFinal().allowEmptyShould(true);

    /** The rules above hold vacuously over classes that were not found; this one does not. */
    @ArchTest
    static void all_modules_were_seen(JavaClasses classes) {
        Set<String> modules = classes.stream()
                .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("dev.plumbline."))
                .map(name -> name.split("\\.", 4)[2])
                .collect(Collectors.toSet());

        assertThat(modules).contains("core", "ingest", "store", "report", "publish", "pipeline", "cli", "junit");
    }

    /** Calls and field reads of these members, written {@code class.member}, whatever their parameters. */
    private static DescribedPredicate<JavaAccess<?>> accessTo(String what, Set<String> members) {
        return describe(
                what,
                access -> members.contains(access.getTargetOwner().getName() + "."
                        + access.getTarget().getName()));
    }
}

package dev.plumbline.junit;

import java.lang.System.Logger;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs a {@link PerformanceTest}: once as a plain test, then measured against its baseline. */
final class PerformanceExtension implements BeforeEachCallback, ParameterResolver, InvocationInterceptor {
    private static final Logger LOG = System.getLogger("dev.plumbline.junit");
    private static final String REPORT_KEY = "plumbline";

    PerformanceExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        new TestMethod(
                        context.getRequiredTestClass(),
                        context.getRequiredTestMethod().getName())
                .refusal()
                .ifPresent(why -> {
                    throw new ExtensionConfigurationException(why);
                });
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Measured.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context).getOrComputeIfAbsent(OneOperation.class, type -> new OneOperation(), OneOperation.class);
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(PerformanceExtension.class, context.getUniqueId()));
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Class<?> type = context.getRequiredTestClass();
        PerformanceTest test = Optional.ofNullable(
                        context.getRequiredTestMethod().getAnnotation(PerformanceTest.class))
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "a performance test is annotated with @PerformanceTest itself"));
        Settings settings = Settings.of(test, context::getConfigurationParameter, type);
        invocation.proceed();
        store(context).get(OneOperation.class, OneOperation.class).check();
        if (settings.mode() == Settings.Mode.OFF) {
            return;
        }
        TestName name =
                new TestName(type.getName(), context.getRequiredTestMethod().getName());
        String note = new BaselineComparison(name, settings).run(ClassPathOfTests.of(type));
        context.publishReportEntry(REPORT_KEY, note);
        LOG.log(Logger.Level.INFO, note);
    }
}

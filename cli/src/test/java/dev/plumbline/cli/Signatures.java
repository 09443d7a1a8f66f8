package dev.plumbline.cli;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What code that uses a class can see of it: a line for the class, and one for each public or protected member. A line
 * that goes or changes can break such code.
 */
final class Signatures {
    private static final int SEEN = Modifier.PUBLIC | Modifier.PROTECTED;
    private static final int CLASS = Modifier.classModifiers() & ~Modifier.STRICT;
    private static final int METHOD = Modifier.methodModifiers() & ~(Modifier.SYNCHRONIZED | Modifier.NATIVE);
    private static final int FIELD = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL;

    private final Set<String> lines = new LinkedHashSet<>();
    private final Set<Class<?>> named = new LinkedHashSet<>();

    private Signatures() {}

    /** The lines of a class that is seen; none of one that is not. */
    static List<String> of(Class<?> type) {
        Signatures signatures = new Signatures();
        signatures.add(type);
        return List.copyOf(signatures.lines);
    }

    /** Every class that these lines name. */
    static Set<Class<?>> namedBy(Class<?> type) {
        Signatures signatures = new Signatures();
        signatures.add(type);
        return signatures.named;
    }

    private void add(Class<?> type) {
        if (!isSeen(type)) {
            return;
        }
        lines.add(head(type));
        members(type, Class::getDeclaredConstructors)
                .map(this::constructor)
                .sorted()
                .forEach(lines::add);
        members(type, Class::getDeclaredFields).map(this::field).sorted().forEach(lines::add);
        members(type, Class::getDeclaredMethods)
                .filter(method -> !method.isBridge() && !isOfObject(method))
                .map(this::method)
                .sorted()
                .forEach(lines::add);
    }

    private static boolean isSeen(Class<?> type) {
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            if ((outer.getModifiers() & SEEN) == 0 || outer.isAnonymousClass() || outer.isLocalClass()) {
                return false;
            }
        }
        return true;
    }

    /** Those of the class, and those that it has from a class which users do not see. */
    private static <M extends Member> Stream<M> members(Class<?> type, Function<Class<?>, M[]> declared) {
        List<M> members = new ArrayList<>();
        for (Class<?> one = type; one != null && (one == type || !isSeen(one)); one = one.getSuperclass()) {
            for (M member : declared.apply(one)) {
                boolean inherited = one != type && member instanceof Constructor;
                if ((member.getModifiers() & SEEN) != 0 && !member.isSynthetic() && !inherited) {
                    members.add(member);
                }
            }
        }
        return members.stream();
    }

    /** Every class has these. */
    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getDeclaredMethods())
                .anyMatch(one -> one.getName().equals(method.getName())
                        && Arrays.equals(one.getParameterTypes(), method.getParameterTypes()));
    }

    private String head(Class<?> type) {
        String kind = type.isAnnotation()
                ? "annotation"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        // whether an enum is final is the compiler's matter
        int modifiers = type.getModifiers() & CLASS & ~(type.isEnum() ? Modifier.FINAL | Modifier.STATIC : 0);
        StringBuilder head = new StringBuilder(Modifier.toString(modifiers & ~Modifier.INTERFACE))
                .append(type.isSealed() ? " sealed " : " ")
                .append(kind)
                .append(' ')
                .append(type.getName())
                .append(variables(type));
        if (type.isRecord()) {
            head.append(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        if (type.getSuperclass() != null
                && !type.isEnum()
                && !type.isRecord()
                && type.getSuperclass() != Object.class) {
            head.append(" extends ").append(name(type.getGenericSuperclass()));
        }
        for (Type one : type.getGenericInterfaces()) {
            head.append(" implements ").append(name(one));
        }
        if (type.isSealed()) {
            head.append(Arrays.stream(type.getPermittedSubclasses())
                    .map(this::name)
                    .sorted()
                    .collect(Collectors.joining(", ", " permits ", "")));
        }
        return head.append(annotations(type)).toString();
    }

    private String constructor(Constructor<?> constructor) {
        return line(constructor, constructor.getModifiers() & METHOD, variables(constructor) + "new", constructor);
    }

    private String method(Method method) {
        String fallback = method.getDefaultValue() == null ? "" : " default value";
        return line(
                        method,
                        method.getModifiers() & METHOD,
                        (method.isDefault() ? "default " : "")
                                + variables(method)
                                + name(method.getGenericReturnType())
                                + " "
                                + method.getName(),
                        method)
                + fallback;
    }

    private String field(Field field) {
        return "  " + Modifier.toString(field.getModifiers() & FIELD) + " " + name(field.getGenericType()) + " "
                + field.getName() + (field.isEnumConstant() ? " (constant)" : "");
    }

    private String line(Executable executable, int modifiers, String named, AnnotatedElement annotated) {
        int kept = executable.isVarArgs() ? modifiers & ~Modifier.TRANSIENT : modifiers;
        String thrown = Arrays.stream(executable.getGenericExceptionTypes())
                .map(this::name)
                .sorted()
                .collect(Collectors.joining(", "));
        return "  " + Modifier.toString(kept) + " " + named
                + Arrays.stream(executable.getGenericParameterTypes())
                        .map(this::name)
                        .collect(Collectors.joining(", ", "(", executable.isVarArgs() ? "…)" : ")"))
                + (thrown.isEmpty() ? "" : " throws " + thrown)
                + annotations(annotated);
    }

    private String variables(GenericDeclaration declaration) {
        TypeVariable<?>[] variables = declaration.getTypeParameters();
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable.getName() + " extends "
                                + Arrays.stream(variable.getBounds())
                                        .map(this::name)
                                        .collect(Collectors.joining(" & ")))
                        .collect(Collectors.joining(", ", "<", declaration instanceof Class ? ">" : "> "));
    }

    /** Annotations that say where and how an annotation may be used, and that something will go. */
    private static String annotations(AnnotatedElement element) {
        return Arrays.stream(element.getDeclaredAnnotations())
                .filter(one -> one.annotationType().getName().startsWith("java.lang."))
                .map(one -> " @" + one.annotationType().getSimpleName())
                .sorted()
                .collect(Collectors.joining());
    }

    private String name(Type type) {
        if (type instanceof Class<?> one) {
            Class<?> element = one;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            named.add(element);
            return one.getTypeName();
        }
        if (type instanceof java.lang.reflect.ParameterizedType generic) {
            name(generic.getRawType());
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::name);
        }
        if (type instanceof java.lang.reflect.WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(this::name);
            Arrays.stream(wildcard.getLowerBounds()).forEach(this::name);
        }
        if (type instanceof java.lang.reflect.GenericArrayType array) {
            name(array.getGenericComponentType());
        }
        return type.getTypeName();
    }
}

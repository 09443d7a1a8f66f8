package dev.plumbline.measure.classfile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The facts of a class file about its place among other classes, read without loading the class.
 *
 * @param name with slashes: {@code demo/Text}
 * @param supertypes its superclass and interfaces
 * @param source the file that it was compiled from, without its folder; empty where the compiler left it out
 */
record ClassFile(String name, List<String> supertypes, Optional<String> source, List<Code> methods) {
    /** A method by name and descriptor. */
    record Signature(String name, String descriptor) {
        boolean isSpecial() {
            return name.startsWith("<");
        }
    }

    /**
     * A use of a method.
     *
     * @param owner the class that the compiler saw it on
     * @param isVirtual whether a subtype's method may run instead
     */
    record Call(String owner, Signature method, boolean isVirtual) {}

    /**
     * The invocations and creations of one method.
     *
     * @param isOverridable whether other code may run it through a supertype
     * @param created the classes that it makes objects of
     * @param types all classes that it names: created, cast to, whose fields it uses
     */
    record Code(Signature signature, boolean isOverridable, List<Call> calls, Set<String> created, Set<String> types) {}

    /**
     * Reads a class file.
     *
     * @throws ZipException if it is none, is damaged, or is of a Java that is too new; the message says which
     */
    static ClassFile read(byte[] bytes) throws ZipException {
        ClassParts parts = new ClassParts();
        try {
            new ClassReader(bytes).accept(parts, ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException e) {
            throw failure(e.getMessage() == null ? "not a class file" : e.getMessage(), e);
        } catch (RuntimeException e) {
            // what the reader of a damaged file falls over varies: an index, a cast, a missing name
            throw failure("damaged class file", e);
        }
        return parts.file();
    }

    private static ZipException failure(String words, RuntimeException cause) {
        ZipException failure = new ZipException(words);
        failure.initCause(cause);
        return failure;
    }

    /** Collects them in one pass. */
    private static final class ClassParts extends ClassVisitor {
        private String name = "";
        private final List<String> supertypes = new ArrayList<>();
        private Optional<String> source = Optional.empty();
        private final List<Code> methods = new ArrayList<>();

        ClassParts() {
            super(Opcodes.ASM9);
        }

        ClassFile file() {
            return new ClassFile(name, List.copyOf(supertypes), source, List.copyOf(methods));
        }

        @Override
        public void visit(int version, int access, String own, String generic, String superclass, String[] interfaces) {
            name = own;
            if (superclass != null) {
                supertypes.add(superclass);
            }
            supertypes.addAll(List.of(interfaces));
        }

        @Override
        public void visitSource(String file, String debug) {
            source = Optional.ofNullable(file);
        }

        @Override
        public MethodVisitor visitMethod(int access, String own, String descriptor, String generic, String[] thrown) {
            return new MethodParts(access, new Signature(own, descriptor), methods);
        }
    }

    private static final class MethodParts extends MethodVisitor {
        private final int access;
        private final Signature signature;
        private final List<Code> methods;
        private final List<Call> calls = new ArrayList<>();
        private final Set<String> created = new LinkedHashSet<>();
        private final Set<String> types = new LinkedHashSet<>();

        MethodParts(int access, Signature signature, List<Code> methods) {
            super(Opcodes.ASM9);
            this.access = access;
            this.signature = signature;
            this.methods = methods;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean isVirtual = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
            calls.add(new Call(element(owner), new Signature(name, descriptor), isVirtual));
        }

        /** Bodies of lambdas and method references are among what the bootstrap method is given. */
        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... given) {
            for (Object one : given) {
                constant(one);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            constant(value);
        }

        private void constant(Object value) {
            if (value instanceof Handle handle && handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                boolean isVirtual =
                        handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKEINTERFACE;
                calls.add(new Call(
                        element(handle.getOwner()), new Signature(handle.getName(), handle.getDesc()), isVirtual));
            } else if (value instanceof Type type && type.getSort() >= Type.ARRAY && type.getSort() <= Type.OBJECT) {
                types.add(element(type.getInternalName()));
            } else if (value instanceof ConstantDynamic dynamic) {
                for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                    constant(dynamic.getBootstrapMethodArgument(i));
                }
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW) {
                created.add(type);
            }
            types.add(element(type));
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            types.add(element(descriptor));
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            types.add(owner);
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
            if (type != null) {
                types.add(type);
            }
        }

        @Override
        public void visitEnd() {
            boolean isOverridable =
                    (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0 && !signature.isSpecial();
            methods.add(new Code(signature, isOverridable, List.copyOf(calls), created, types));
        }

        /** The class that an array's name ends with. */
        private static String element(String type) {
            String element = type.replaceFirst("^\\[+", "");
            return type.startsWith("[") && element.startsWith("L")
                    ? element.substring(1, element.length() - 1)
                    : element;
        }
    }
}

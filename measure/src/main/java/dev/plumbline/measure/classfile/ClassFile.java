package dev.plumbline.measure.classfile;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * What a class file says of its place among other classes, read without loading the class: chapter 4 of the Java
 * Virtual Machine Specification.
 *
 * @param name with slashes: {@code demo/Text}
 * @param supertypes its superclass and interfaces
 * @param source the file that it was compiled from, without its folder; empty where the compiler left it out
 */
record ClassFile(String name, List<String> supertypes, Optional<String> source, List<Code> methods) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int STATIC = 0x0008;
    private static final int PRIVATE = 0x0002;

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
     * What one method does.
     *
     * @param isOverridable whether other code may run it through a supertype
     * @param created the classes that it makes objects of
     * @param types all classes that it names: created, cast to, whose fields it uses
     */
    record Code(Signature signature, boolean isOverridable, List<Call> calls, Set<String> created, Set<String> types) {}

    /**
     * Reads a class file.
     *
     * @throws ZipException if it is none, or is damaged; the message says what is wrong with it
     */
    static ClassFile read(byte[] bytes) throws ZipException {
        try {
            return new Reader(bytes).read();
        } catch (ZipException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            ZipException damaged = new ZipException("damaged class file");
            damaged.initCause(e);
            throw damaged;
        }
    }

    /** One pass through the bytes. */
    private static final class Reader {
        private final DataInputStream in;
        private Object[] pool = {};
        /** Of each bootstrap method the methods that it may hand on: bodies of lambdas. */
        private final List<List<Call>> bootstraps = new ArrayList<>();

        /** A constant that names others by their places. */
        private record Pair(int tag, int first, int second) {}

        /** A method before the bootstrap methods are known, which stand at the end. */
        private record Raw(int access, Signature signature, byte[] code) {}

        Reader(byte[] bytes) {
            in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        ClassFile read() throws IOException {
            if (in.readInt() != MAGIC) {
                throw new ZipException("not a class file");
            }
            in.readInt(); // the version
            readPool();
            in.readUnsignedShort();
            String name = className(in.readUnsignedShort());
            List<String> supertypes = new ArrayList<>();
            int superclass = in.readUnsignedShort();
            if (superclass != 0) {
                supertypes.add(className(superclass));
            }
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                supertypes.add(className(in.readUnsignedShort()));
            }
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                in.skipNBytes(6);
                skipAttributes();
            }
            List<Raw> raw = new ArrayList<>();
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                raw.add(method());
            }
            Optional<String> source = Optional.empty();
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                String attribute = text(in.readUnsignedShort());
                long length = Integer.toUnsignedLong(in.readInt());
                if (attribute.equals("SourceFile")) {
                    source = Optional.of(text(in.readUnsignedShort()));
                } else if (attribute.equals("BootstrapMethods")) {
                    readBootstraps();
                } else {
                    in.skipNBytes(length);
                }
            }
            List<Code> methods = new ArrayList<>();
            for (Raw one : raw) {
                methods.add(code(one));
            }
            return new ClassFile(name, List.copyOf(supertypes), source, List.copyOf(methods));
        }

        private void readPool() throws IOException {
            pool = new Object[in.readUnsignedShort()];
            for (int i = 1; i < pool.length; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> pool[i] = in.readUTF();
                    case 3, 4 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // takes two places
                    }
                    case 7, 8, 16, 19, 20 -> pool[i] = new Pair(tag, in.readUnsignedShort(), 0);
                    case 9, 10, 11, 12, 17, 18 ->
                        pool[i] = new Pair(tag, in.readUnsignedShort(), in.readUnsignedShort());
                    case 15 -> pool[i] = new Pair(tag, in.readUnsignedByte(), in.readUnsignedShort());
                    default -> throw new ZipException("damaged class file: unknown constant " + tag);
                }
            }
        }

        private void skipAttributes() throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                in.readUnsignedShort();
                in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
            }
        }

        private Raw method() throws IOException {
            int access = in.readUnsignedShort();
            Signature signature = new Signature(text(in.readUnsignedShort()), text(in.readUnsignedShort()));
            byte[] code = {};
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                String attribute = text(in.readUnsignedShort());
                long length = Integer.toUnsignedLong(in.readInt());
                if (attribute.equals("Code")) {
                    in.skipNBytes(4);
                    int size = in.readInt();
                    code = in.readNBytes(size);
                    in.skipNBytes(length - 8 - size);
                } else {
                    in.skipNBytes(length);
                }
            }
            return new Raw(access, signature, code);
        }

        private void readBootstraps() throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                in.readUnsignedShort();
                List<Call> handles = new ArrayList<>();
                for (int k = in.readUnsignedShort(); k > 0; k--) {
                    if (pool[in.readUnsignedShort()] instanceof Pair handle && handle.tag == 15 && handle.first >= 5) {
                        handles.add(call(handle.second, handle.first == 5 || handle.first == 9));
                    }
                }
                bootstraps.add(handles);
            }
        }

        private Code code(Raw raw) throws ZipException {
            List<Call> calls = new ArrayList<>();
            Set<String> created = new LinkedHashSet<>();
            Set<String> types = new LinkedHashSet<>();
            byte[] code = raw.code;
            for (int at = 0; at < code.length; at += Instructions.length(code, at)) {
                int opcode = code[at] & 0xff;
                switch (opcode) {
                    case Instructions.LDC -> literal(code[at + 1] & 0xff, types);
                    case Instructions.LDC_WIDE -> literal(index(code, at), types);
                    case Instructions.INVOKE_VIRTUAL, Instructions.INVOKE_INTERFACE ->
                        calls.add(call(index(code, at), true));
                    case Instructions.INVOKE_SPECIAL, Instructions.INVOKE_STATIC ->
                        calls.add(call(index(code, at), false));
                    case Instructions.INVOKE_DYNAMIC -> {
                        if (pool[index(code, at)] instanceof Pair dynamic) {
                            calls.addAll(bootstraps.get(dynamic.first));
                        }
                    }
                    case Instructions.NEW -> {
                        String type = className(index(code, at));
                        created.add(type);
                        types.add(type);
                    }
                    case Instructions.NEW_ARRAY,
                            Instructions.CHECK_CAST,
                            Instructions.INSTANCE_OF,
                            Instructions.MULTI_NEW_ARRAY -> types.add(element(className(index(code, at))));
                    default -> {
                        if (opcode >= Instructions.GET_STATIC && opcode <= Instructions.PUT_FIELD) {
                            types.add(className(pair(index(code, at)).first));
                        }
                    }
                }
            }
            boolean isOverridable = (raw.access & (STATIC | PRIVATE)) == 0 && !raw.signature.isSpecial();
            return new Code(raw.signature, isOverridable, List.copyOf(calls), created, types);
        }

        private void literal(int place, Set<String> types) throws ZipException {
            if (pool[place] instanceof Pair constant && constant.tag == 7) {
                types.add(element(className(place)));
            }
        }

        private static int index(byte[] code, int at) {
            return (code[at + 1] & 0xff) << 8 | code[at + 2] & 0xff;
        }

        private Call call(int place, boolean isVirtual) throws ZipException {
            Pair reference = pair(place);
            Pair named = pair(reference.second);
            return new Call(
                    element(className(reference.first)),
                    new Signature(text(named.first), text(named.second)),
                    isVirtual);
        }

        /** The class that an array's name ends with. */
        private static String element(String type) {
            String element = type.replaceFirst("^\\[+", "");
            return type.startsWith("[") && element.startsWith("L")
                    ? element.substring(1, element.length() - 1)
                    : element;
        }

        private String className(int place) throws ZipException {
            return text(pair(place).first);
        }

        private Pair pair(int place) throws ZipException {
            if (place < pool.length && pool[place] instanceof Pair pair) {
                return pair;
            }
            throw new ZipException("damaged class file: no constant " + place);
        }

        private String text(int place) throws ZipException {
            if (place < pool.length && pool[place] instanceof String text) {
                return text;
            }
            throw new ZipException("damaged class file: no text " + place);
        }
    }
}

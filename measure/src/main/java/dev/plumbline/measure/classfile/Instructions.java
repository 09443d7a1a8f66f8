package dev.plumbline.measure.classfile;

import java.util.zip.ZipException;

/** The instructions of a method, as far as one has to be told from the next: chapter 6 of the JVM specification. */
final class Instructions {
    static final int LDC = 18;
    static final int LDC_WIDE = 19;
    static final int GET_STATIC = 178;
    static final int PUT_FIELD = 181;
    static final int INVOKE_VIRTUAL = 182;
    static final int INVOKE_SPECIAL = 183;
    static final int INVOKE_STATIC = 184;
    static final int INVOKE_INTERFACE = 185;
    static final int INVOKE_DYNAMIC = 186;
    static final int NEW = 187;
    static final int NEW_ARRAY = 189;
    static final int CHECK_CAST = 192;
    static final int INSTANCE_OF = 193;
    static final int MULTI_NEW_ARRAY = 197;

    private static final int INCREMENT = 132;
    private static final int TABLE_SWITCH = 170;
    private static final int LOOKUP_SWITCH = 171;
    private static final int WIDE = 196;
    private static final int LAST = 201;

    private Instructions() {}

    /**
     * The bytes from one instruction to the next.
     *
     * @throws ZipException if there is no such instruction
     */
    static int length(byte[] code, int at) throws ZipException {
        int length = stated(code, at);
        if (length <= 0) {
            throw new ZipException("damaged class file: a switch without an end");
        }
        return length;
    }

    private static int stated(byte[] code, int at) throws ZipException {
        int opcode = code[at] & 0xff;
        return switch (opcode) {
            case 16, LDC, 188, 169 -> 2;
            case 17, LDC_WIDE, 20, INCREMENT -> 3;
            case TABLE_SWITCH -> {
                int table = at + 4 - at % 4;
                yield table + 12 + 4 * (1 + number(code, table + 8) - number(code, table + 4)) - at;
            }
            case LOOKUP_SWITCH -> {
                int table = at + 4 - at % 4;
                yield table + 8 + 8 * number(code, table + 4) - at;
            }
            case WIDE -> (code[at + 1] & 0xff) == INCREMENT ? 6 : 4;
            case INVOKE_INTERFACE, INVOKE_DYNAMIC, 200, LAST -> 5;
            case MULTI_NEW_ARRAY -> 4;
            case NEW, NEW_ARRAY, CHECK_CAST, INSTANCE_OF, 198, 199 -> 3;
            default -> {
                if (opcode > LAST) {
                    throw new ZipException("damaged class file: unknown instruction " + opcode);
                }
                boolean hasLocal = opcode >= 21 && opcode <= 25 || opcode >= 54 && opcode <= 58;
                boolean hasTwo = opcode >= 153 && opcode <= 168 || opcode >= GET_STATIC && opcode <= INVOKE_STATIC;
                yield hasLocal ? 2 : hasTwo ? 3 : 1;
            }
        };
    }

    private static int number(byte[] code, int at) {
        return (code[at] & 0xff) << 24 | (code[at + 1] & 0xff) << 16 | (code[at + 2] & 0xff) << 8 | code[at + 3] & 0xff;
    }
}

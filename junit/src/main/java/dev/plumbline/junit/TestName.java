package dev.plumbline.junit;

import static java.util.Objects.requireNonNull;

/**
 * A test method.
 *
 * @param type its class's binary name
 * @param method its name
 */
record TestName(String type, String method) {
    TestName {
        requireNonNull(type, "type");
        requireNonNull(method, "method");
    }

    /** The name of its benchmark, of its results and of its baseline. */
    String full() {
        return type + "." + method;
    }

    /** The name for selecting it in build tools. */
    String selector() {
        return type.substring(type.lastIndexOf('.') + 1) + "#" + method;
    }
}

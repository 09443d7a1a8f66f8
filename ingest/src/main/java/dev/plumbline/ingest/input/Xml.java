package dev.plumbline.ingest.input;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML text read as a stream of starts and ends of elements.
 *
 * <p>Nothing outside the text is ever fetched, no entity of its own is expanded, and nesting is limited to 100 levels.
 */
public final class Xml implements Closeable {
    private static final int DEEPEST = 100;
    private static final String DEEPEST_OF_JDK = "jdk.xml.maxElementDepth";

    private final Source source;
    private final XMLStreamReader reader;
    private int depth;
    private boolean start;

    private Xml(Source source, XMLStreamReader reader) {
        this.source = source;
        this.reader = reader;
    }

    public static Xml open(Source source) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // newer JDKs stop at a hundred levels in words of their own, before the limit here has its own
        factory.setProperty(DEEPEST_OF_JDK, String.valueOf(2 * DEEPEST));
        try {
            return new Xml(source, factory.createXMLStreamReader(source.text()));
        } catch (XMLStreamException e) {
            throw unreadable(source, e);
        }
    }

    /**
     * Goes to the next start or end of an element; false at the end of the text.
     *
     * @throws UnreadableInput if the text is no XML from here on, breaks off, or is too deep
     */
    public boolean next() throws IOException {
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    start = true;
                    if (++depth > DEEPEST) {
                        throw new UnreadableInput(where(), "is nested more than " + DEEPEST + " levels deep");
                    }
                    return true;
                }
                if (event == XMLStreamConstants.END_ELEMENT) {
                    start = false;
                    depth--;
                    return true;
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw unreadable(source, e);
        }
    }

    /** Whether an element begins here, rather than ends. */
    public boolean isStart() {
        return start;
    }

    /** The element's name without its prefix. */
    public String name() {
        return reader.getLocalName();
    }

    /** An attribute of the element that begins here; empty text when there is none. */
    public String attribute(String name) {
        return Optional.ofNullable(reader.getAttributeValue(null, name)).orElse("");
    }

    /** An attribute as a number; NaN when it is none. */
    public double number(String name) {
        return Texts.number(attribute(name));
    }

    /** The place where the element begins or ends: file, line and column. */
    public String where() {
        return where(source, reader.getLocation());
    }

    private static String where(Source source, Location location) {
        return location.getLineNumber() < 1
                ? source.name()
                : source.name() + ":" + location.getLineNumber() + ":" + Math.max(location.getColumnNumber(), 1);
    }

    private static IOException unreadable(Source source, XMLStreamException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return (IOException) cause;
            }
        }
        String stated = Optional.ofNullable(e.getMessage())
                .orElse("")
                .lines()
                .reduce((a, b) -> b)
                .orElse("");
        String where = e.getLocation() == null ? source.name() : where(source, e.getLocation());
        return new UnreadableInput(
                where, "is not well-formed XML here, or was cut off: " + stated.replaceFirst("^Message: ", ""), e);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("closing " + source.name(), e);
        }
    }
}

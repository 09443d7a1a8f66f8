package dev.plumbline.pipeline.config;

import dev.plumbline.store.StoreException;
import dev.plumbline.store.postgres.PostgresAddress;
import java.util.Optional;

/** The place of a history: a file, or the address of a server, which is shown without its password. */
final class StoreKind implements Kind<String> {
    @Override
    public String read(String text) {
        String stripped = text.strip();
        if (!PostgresAddress.isAddress(stripped)) {
            return Kind.text().read(text);
        }
        try {
            PostgresAddress.parse(stripped, Optional.empty());
            return stripped;
        } catch (StoreException e) {
            throw new IllegalArgumentException(e.getMessage(), e); // without the address, which may have a password
        }
    }

    @Override
    public String write(String text) {
        return PostgresAddress.isAddress(text) ? PostgresAddress.shown(text) : text;
    }
}

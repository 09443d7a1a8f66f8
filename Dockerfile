# Plumbline in a container, from the files that scripts/dist made:
#
#   scripts/dist 1.2.3 release
#   docker build --build-arg VERSION=1.2.3 --file Dockerfile --tag plumbline:1.2.3 release
#   docker run --rm --user "$(id -u)" --volume "$PWD:/work" plumbline:1.2.3 check results.json
# It contains a reduced Java runtime and git, but no benchmark tools: run the benchmarks elsewhere.
# at least as new as the system on which the archive's Java was built
ARG BASE=debian:trixie-slim

FROM ${BASE} AS unpacked
ARG VERSION
ARG TARGETARCH=amd64
COPY SHA256SUMS plumbline-${VERSION}-linux-*.tar.gz /release/
RUN cd /release \
    && platform=linux-$(test "$TARGETARCH" = arm64 && echo arm64 || echo x64) \
    && grep "plumbline-$VERSION-$platform.tar.gz\$" SHA256SUMS | sha256sum --check --strict \
    && mkdir /opt/plumbline \
    && tar -xzf "plumbline-$VERSION-$platform.tar.gz" --strip-components=1 --no-same-owner -C /opt/plumbline

FROM ${BASE}
# git: the checkout at /work belongs to the user who mounts it
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home plumbline \
    && git config --system --add safe.directory /work
COPY --from=unpacked /opt/plumbline /opt/plumbline
RUN ln -s /opt/plumbline/bin/plumb /usr/local/bin/plumb
ENV LANG=C.UTF-8 PLUMB_CACHE=none
USER 10001
RUN plumb --version
WORKDIR /work
ENTRYPOINT ["plumb"]
CMD ["--help"]

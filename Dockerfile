# The image that Promise authors copy the binary from:
#
#     COPY --from=kratix-status /kratix-status /usr/local/bin/
FROM docker.io/library/debian:bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends binutils cmake file g++ libcli11-dev libfmt-dev libyaml-cpp-dev libyaml-dev ninja-build \
 && rm -rf /var/lib/apt/lists/*
COPY CMakeLists.txt CMakePresets.json /src/
COPY cli /src/cli
COPY lib /src/lib
COPY scripts /src/scripts
RUN /src/scripts/build && cp /src/dist/kratix-status-linux-* /kratix-status

FROM scratch
COPY --from=build /kratix-status /kratix-status
USER 65532:65532
ENTRYPOINT ["/kratix-status"]

# The image that Promise authors copy the binary from:
#
#     COPY --from=kratix-status /kratix-status /usr/local/bin/
#
# Only a registry knows the digest of the base image: it goes behind the tag, as in bookworm-slim@sha256:DIGEST, and
# .github/dependabot.yml then keeps it up to date.
#
# For several platforms at once, the compiler runs on the machine's own: docker buildx build --platform
# linux/amd64,linux/arm64 .
FROM --platform=$BUILDPLATFORM docker.io/library/debian:bookworm-slim AS build
ARG TARGETARCH
COPY . /src
RUN /src/scripts/build $TARGETARCH && cp /src/dist/kratix-status-linux-* /kratix-status

FROM scratch
COPY --from=build /kratix-status /kratix-status
COPY scripts/test-pipeline /kratix-status-test-pipeline
COPY LICENSE LICENSES /licenses/
USER 65532:65532
ENTRYPOINT ["/kratix-status"]

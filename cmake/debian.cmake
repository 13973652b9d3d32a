# CPack runs this on the files of the Debian package, before it packs them (CPACK_PRE_BUILD_SCRIPTS): adds what Debian
# wants of every package and nobody else does, a changelog, lintian's overrides and where the licences are, and compresses
# the manual page. `gzip -n` keeps times out, so that the same files make the same package.
set(root "${CMAKE_CURRENT_LIST_DIR}/..")
set(share "${CPACK_TEMPORARY_DIRECTORY}/runtime/usr/share")
set(doc "${share}/doc/kratix-status")
set(page "${share}/man/man1/kratix-status.1")

# The name is that for packages whose version is Debian's own, without a revision.
execute_process(COMMAND "${root}/scripts/make-changelog" "${CPACK_DEBIAN_PACKAGE_MAINTAINER}"
                OUTPUT_FILE "${doc}/changelog" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND gzip -9nf "${doc}/changelog" "${page}" COMMAND_ERROR_IS_FATAL ANY)

file(APPEND "${doc}/copyright" "
On Debian systems the Apache License 2.0 is in full in /usr/share/common-licenses/Apache-2.0.
")
file(MAKE_DIRECTORY "${share}/lintian/overrides")
configure_file("${root}/cmake/lintian-overrides" "${share}/lintian/overrides/kratix-status" COPYONLY)

# What is installed where. The component `runtime` is the command, as in the Debian package; `development` is the
# library: headers, archive, and a package that find_package(kratix-status) finds.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

install(TARGETS kratix-status RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT runtime)
install(PROGRAMS scripts/test-pipeline DESTINATION "${CMAKE_INSTALL_BINDIR}" RENAME kratix-status-test-pipeline
        COMPONENT runtime)
install(FILES LICENSES/third-party.txt DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright COMPONENT runtime)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT runtime)
install(FILES docs/kratix-status.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT runtime)
install(FILES cli/completion/kratix-status.bash DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
        RENAME kratix-status COMPONENT runtime)
install(FILES cli/completion/_kratix-status DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions"
        COMPONENT runtime)
install(FILES cli/completion/kratix-status.fish DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d"
        COMPONENT runtime)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/kratix-status")
install(TARGETS kratix-status-lib EXPORT kratix-status ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        COMPONENT development)
install(DIRECTORY lib/include/kratix_status DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development)
install(EXPORT kratix-status FILE kratix-status-targets.cmake NAMESPACE kratix-status:: DESTINATION "${package_dir}"
        COMPONENT development)
write_basic_package_version_file(kratix-status-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES cmake/kratix-status-config.cmake "${CMAKE_CURRENT_BINARY_DIR}/kratix-status-config-version.cmake"
        DESTINATION "${package_dir}" COMPONENT development)

# The Debian package of the static binary; scripts/release calls cpack, and can override these two. Whoever publishes the
# package says who answers for it, and where it comes from: the host of the default is one that RFC 2606 reserves for
# addresses that reach nobody.
set(KRATIX_STATUS_MAINTAINER "kratix-status authors <authors@kratix-status.invalid>" CACHE STRING
    "Maintainer of the Debian package, as NAME <ADDRESS>")
set(KRATIX_STATUS_HOMEPAGE "" CACHE STRING "Homepage of the Debian package; none if it is empty")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL runtime)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PACKAGE_CONTACT "${KRATIX_STATUS_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${KRATIX_STATUS_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "${KRATIX_STATUS_HOMEPAGE}")
set(CPACK_DEBIAN_PACKAGE_NAME kratix-status)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME kratix-status)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
# CPack puts the project's description in front, as the synopsis, and a blank before each line.
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "kratix-status is one static binary that the pipeline scripts of a Kratix
Promise call to write /kratix/metadata/status.yaml. What was given is what
the platform user sees, or the command fails and nothing has changed.")
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/debian.cmake")
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE amd64)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL aarch64)
  set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE arm64)
endif()
include(CPack)

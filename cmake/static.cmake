# How the shipped binary is linked: fully static, hardened, and small enough to copy into any image.
#
# What each measure takes off the stripped binary on amd64:
#   cli/locale.cpp: of libstdc++'s 56 facets the five that are used    -462 KB
#   cli/terminate.cpp instead of libstdc++'s verbose handler           -49 KB   (the name demangler)
#   the digits of floats by fmt instead of std::to_chars               -139 KB   (tables; fmt is linked in any case)
#   FMT_USE_LONG_DOUBLE=0: no number here is one                        -5 KB
#   lld --icf=all instead of ld: equal functions once                  -34 KB
#   PIE, on the other hand, costs                                     +130 KB   with ld and common relocations,
#   and as packed relative relocations (RELR)                          +40 KB
# Tried, and not worth it: -Oz in place of -Os (-4 KB), yaml-cpp and libyaml from source with these flags (-148 KB, but
# two more sources to fetch for each build).

include(CheckCXXSourceCompiles)

add_compile_options(-ffunction-sections -fdata-sections)
add_compile_definitions(FMT_USE_LONG_DOUBLE=0 FMT_USE_FLOAT128=0)

# Hardening: a position of its own in each run (static-pie), tables read-only before main (relro, now), no executable
# stack, a canary on the stack, and glibc's checked functions.
add_compile_options(-fPIE -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
add_link_options(-static-pie -fuse-ld=lld -Wl,--gc-sections,--icf=all,-O2,--build-id=none
                 -Wl,-z,relro,-z,now,-z,noexecstack)

# glibc relocates itself by RELR from 2.36 on; with an older one the binary would not start.
check_cxx_source_compiles("#include <features.h>
#if !__GLIBC_PREREQ(2, 36)
#error
#endif
int main() {}" KRATIX_STATUS_GLIBC_KNOWS_RELR)
if(KRATIX_STATUS_GLIBC_KNOWS_RELR)
  add_link_options(-Wl,--pack-dyn-relocs=relr)
endif()

# libstdc++'s insides, which another version may declare otherwise: the binary is larger without this file, and else the
# same.
file(WRITE "${CMAKE_BINARY_DIR}/own-locale.cpp" "#include <sstream>
int main() { std::stringstream stream; stream << 1.5 << 1; double number = 0; stream >> number; }
")
try_compile(KRATIX_STATUS_OWN_LOCALE "${CMAKE_BINARY_DIR}/own-locale"
            SOURCES "${CMAKE_BINARY_DIR}/own-locale.cpp" "${PROJECT_SOURCE_DIR}/cli/locale.cpp"
            LINK_OPTIONS -static CXX_STANDARD 20)

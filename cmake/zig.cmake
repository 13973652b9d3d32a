# Toolchain of the shipped binary: the clang, musl and libc++ that scripts/third-party fetched, for the architecture
# KRATIX_STATUS_ARCHITECTURE (amd64 or arm64) on any machine.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES KRATIX_STATUS_ARCHITECTURE KRATIX_STATUS_THIRD_PARTY)
set(KRATIX_STATUS_THIRD_PARTY "${CMAKE_CURRENT_LIST_DIR}/../build/third-party" CACHE PATH
    "Sources to build instead of this machine's libraries, as scripts/third-party fetches them")
set(zig "${KRATIX_STATUS_THIRD_PARTY}/Zig/ziglang/zig")

set(CMAKE_SYSTEM_NAME Linux)
if(KRATIX_STATUS_ARCHITECTURE STREQUAL arm64)
  set(CMAKE_SYSTEM_PROCESSOR aarch64)
else()
  set(CMAKE_SYSTEM_PROCESSOR x86_64)
endif()
# CMake's first check links a program, for which Zig builds musl and libc++. With the options of the final link it builds
# them once. -O2 is for their sake, and -Os for everything else comes after it: with -Os, their memset() takes four
# instructions a byte.
set(options -target ${CMAKE_SYSTEM_PROCESSOR}-linux-musl -O2 -static -fPIE -pie)
set(CMAKE_C_COMPILER "${zig}" cc ${options})
set(CMAKE_CXX_COMPILER "${zig}" c++ ${options})
# Zig's own default is to build with UndefinedBehaviorSanitizer. Optimized as a whole, at the link, the program is 3 % smaller
# and takes 6 % fewer instructions.
set(CMAKE_C_FLAGS_INIT "-fno-sanitize=undefined -flto")
set(CMAKE_CXX_FLAGS_INIT "-fno-sanitize=undefined -flto")

set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
foreach(language IN ITEMS C CXX)
  set(CMAKE_${language}_ARCHIVE_CREATE "\"${zig}\" ar qcs <TARGET> <OBJECTS>")
  set(CMAKE_${language}_ARCHIVE_FINISH "")
endforeach()
set(CMAKE_CXX_LINK_EXECUTABLE
    "\"${CMAKE_CURRENT_LIST_DIR}/link\" <TARGET> <CMAKE_CXX_COMPILER> <LINK_FLAGS> <OBJECTS> <LINK_LIBRARIES>")

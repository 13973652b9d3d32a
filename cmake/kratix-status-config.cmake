# find_package(kratix-status) gives the library kratix-status::kratix-status. Its readers of YAML are linked in from
# Debian's libyaml-cpp-dev and libyaml-dev, or what stands for them elsewhere.
include(CMakeFindDependencyMacro)
find_dependency(yaml-cpp)
include("${CMAKE_CURRENT_LIST_DIR}/kratix-status-targets.cmake")

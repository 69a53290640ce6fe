# From the system's source packages (Debian: googletest, nlohmann-json3-dev); elsewhere fetched by hash.
include(FetchContent)

set(CTS_GOOGLETEST_SOURCE /usr/src/googletest CACHE PATH "GoogleTest's sources; fetched when not there")
set(INSTALL_GTEST OFF CACHE BOOL "" FORCE)
set(BUILD_GMOCK OFF CACHE BOOL "" FORCE)
set(gtest_force_shared_crt ON CACHE BOOL "" FORCE)
if(MINGW)
  set(gtest_disable_pthreads OFF CACHE BOOL "" FORCE)
endif()
if(EXISTS ${CTS_GOOGLETEST_SOURCE}/CMakeLists.txt)
  add_subdirectory(${CTS_GOOGLETEST_SOURCE} ${CMAKE_BINARY_DIR}/googletest EXCLUDE_FROM_ALL)
else()
  FetchContent_Declare(googletest
    URL https://github.com/google/googletest/archive/refs/tags/release-1.12.1.tar.gz
    URL_HASH SHA256=81964fe578e9bd7c94dfdb09c8e4d6e6759e19967e397dbea48d1c10e45d0df2)
  FetchContent_MakeAvailable(googletest)
endif()
get_target_property(gtest_includes gtest INTERFACE_INCLUDE_DIRECTORIES)
set_target_properties(gtest PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${gtest_includes}")

# The headers alone, in a folder of their own: a cross compiler must not see the host's other headers.
add_library(cts_json INTERFACE)
if(EXISTS /usr/include/nlohmann/json.hpp)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/third_party)
  file(CREATE_LINK /usr/include/nlohmann ${CMAKE_BINARY_DIR}/third_party/nlohmann SYMBOLIC)
  target_include_directories(cts_json SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/third_party)
else()
  FetchContent_Declare(json
    URL https://github.com/nlohmann/json/releases/download/v3.11.2/json.tar.xz
    URL_HASH SHA256=8c4b26bf4b422252e13f332bc5e388ec0ab5c3443d24399acb675e68278d341f)
  FetchContent_MakeAvailable(json)
  target_link_libraries(cts_json INTERFACE nlohmann_json::nlohmann_json)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(CTS_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)

# What every target of our own is built with; third-party code is not.
add_library(cts_language INTERFACE)
target_include_directories(cts_language INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
target_compile_definitions(cts_language INTERFACE CTS_VERSION="${PROJECT_VERSION}")
if(MSVC)
  target_compile_options(cts_language INTERFACE /W4 /WX /permissive- /utf-8 /Zc:__cplusplus)
else()
  target_compile_options(cts_language INTERFACE -Wall -Wextra -Werror -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
endif()
if(WIN32)
  # Windows 7's API is the floor; what is newer is looked up at run time.
  target_compile_definitions(cts_language INTERFACE WIN32_LEAN_AND_MEAN NOMINMAX UNICODE _UNICODE
                                                    WINVER=0x0601 _WIN32_WINNT=0x0601)
endif()
if(CTS_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# Whether what is built can be started here. Visual Studio's generator builds for ARM64 without calling it a
# cross build.
set(CTS_RUNS_HERE ON)
if(CMAKE_CROSSCOMPILING OR (CMAKE_GENERATOR_PLATFORM MATCHES "^ARM64" AND NOT CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL "ARM64"))
  set(CTS_RUNS_HERE OFF)
endif()

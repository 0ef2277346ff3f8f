set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

option(PATHWAYS_FUZZ "Build the libFuzzer targets (clang only)" OFF)
set(PATHWAYS_SANITIZE "" CACHE STRING "Sanitizers for our own code, e.g. address,undefined or thread")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Warnings are for our code; what is generated is compiled without them (see pathways_proto).
set(PATHWAYS_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Werror)

if(PATHWAYS_SANITIZE)
  add_compile_options(-fsanitize=${PATHWAYS_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PATHWAYS_SANITIZE})
endif()

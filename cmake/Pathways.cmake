# One way to declare each kind of part. Sources are globbed (CONFIGURE_DEPENDS): a new file is part of its folder at once.

# pathways_sources(<prefix> <dir>): all *.cc below <dir>, split into <prefix>_SOURCES and <prefix>_TESTS.
# `*_integration_test.cc` need the servers of libs/testing; other `*_test.cc` need nothing.
function(pathways_sources prefix directory)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${directory}/*.cc)
  set(tests ${sources})
  set(integration ${sources})
  list(FILTER integration INCLUDE REGEX "_integration_test\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER tests EXCLUDE REGEX "_integration_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  set(${prefix}_SOURCES ${sources} PARENT_SCOPE)
  set(${prefix}_TESTS ${tests} PARENT_SCOPE)
  set(${prefix}_INTEGRATION ${integration} PARENT_SCOPE)
endfunction()

# SHARDS: a program whose tests mostly wait is run so many times at once, each with its share of them.
function(pathways_test name label)
  cmake_parse_arguments(arg "" "SHARDS" "SOURCES;DEPS" ${ARGN})
  if(NOT arg_SOURCES)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_compile_options(${name} PRIVATE ${PATHWAYS_WARNINGS})
  target_link_libraries(${name} PRIVATE ${arg_DEPS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE PATHWAYS_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(NOT arg_SHARDS)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 600)
    return()
  endif()
  math(EXPR last "${arg_SHARDS} - 1")
  foreach(shard RANGE ${last})
    # Results in a file for each, where a folder for them was named: GoogleTest itself would call all of them the same.
    add_test(NAME ${name}_${shard} COMMAND ${name})
    set_tests_properties(${name}_${shard} PROPERTIES LABELS ${label} TIMEOUT 600
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${arg_SHARDS};GTEST_SHARD_INDEX=${shard}"
      ENVIRONMENT_MODIFICATION "GTEST_OUTPUT=string_append:${name}_${shard}.xml")
  endforeach()
endfunction()

# pathways_library(<name> DEPS ... [TEST_DEPS ...] [INTEGRATION_SHARDS n]): libs/<name>, with its tests.
function(pathways_library name)
  cmake_parse_arguments(arg "" "INTEGRATION_SHARDS" "DEPS;TEST_DEPS" ${ARGN})
  pathways_sources(found ${CMAKE_CURRENT_SOURCE_DIR})
  if(found_SOURCES)
    add_library(${name} STATIC ${found_SOURCES})
    target_compile_options(${name} PRIVATE ${PATHWAYS_WARNINGS})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${arg_DEPS})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${arg_DEPS})
  endif()
  pathways_test(${name}_test unit SOURCES ${found_TESTS} DEPS ${name} ${arg_TEST_DEPS})
  pathways_test(${name}_integration_test integration SHARDS ${arg_INTEGRATION_SHARDS}
    SOURCES ${found_INTEGRATION} DEPS ${name} testing ${arg_TEST_DEPS})
endfunction()

# pathways_service(<name> DEPS ... [TEST_DEPS ...]): services/<name>: library <name>_service, executable
# pathways-<name> (main.cpp), tests.
function(pathways_service name)
  cmake_parse_arguments(arg "" "" "DEPS;TEST_DEPS" ${ARGN})
  pathways_sources(found ${CMAKE_CURRENT_SOURCE_DIR})
  add_library(${name}_service STATIC ${found_SOURCES})
  target_compile_options(${name}_service PRIVATE ${PATHWAYS_WARNINGS})
  target_include_directories(${name}_service PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name}_service PUBLIC ${arg_DEPS})
  add_executable(pathways-${name} main.cpp)
  target_compile_options(pathways-${name} PRIVATE ${PATHWAYS_WARNINGS})
  target_link_libraries(pathways-${name} PRIVATE ${name}_service)
  pathways_test(${name}_test unit SOURCES ${found_TESTS} DEPS ${name}_service ${arg_TEST_DEPS})
  pathways_test(${name}_integration_test integration
    SOURCES ${found_INTEGRATION} DEPS ${name}_service testing ${arg_TEST_DEPS})
endfunction()

# pathways_program(<name> DEPS ...): a tool of ours, main in main.cpp, the rest a library with tests.
function(pathways_program name)
  cmake_parse_arguments(arg "" "" "DEPS;TEST_DEPS" ${ARGN})
  pathways_sources(found ${CMAKE_CURRENT_SOURCE_DIR})
  set(parts ${arg_DEPS})
  if(found_SOURCES)
    add_library(${name}_parts STATIC ${found_SOURCES})
    target_compile_options(${name}_parts PRIVATE ${PATHWAYS_WARNINGS})
    target_include_directories(${name}_parts PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name}_parts PUBLIC ${arg_DEPS})
    set(parts ${name}_parts)
  endif()
  add_executable(${name} main.cpp)
  target_compile_options(${name} PRIVATE ${PATHWAYS_WARNINGS})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${parts})
  pathways_test(${name}_test unit SOURCES ${found_TESTS} DEPS ${parts} ${arg_TEST_DEPS})
  pathways_test(${name}_integration_test integration SOURCES ${found_INTEGRATION} DEPS ${parts} testing ${arg_TEST_DEPS})
endfunction()

# pathways_proto(<target> PROTOS <files relative to proto/> [DEPS ...]): message code only. Service stubs are not
# generated: libs/service registers and calls methods from the descriptors (docs/adr), which keeps gRPC's headers
# out of every other translation unit.
function(pathways_proto name)
  cmake_parse_arguments(arg "" "" "PROTOS;DEPS" ${ARGN})
  set(gen ${PROJECT_BINARY_DIR}/gen)
  file(MAKE_DIRECTORY ${gen})
  set(outputs)
  foreach(proto IN LISTS arg_PROTOS)
    string(REPLACE ".proto" ".pb.cc" source ${gen}/${proto})
    string(REPLACE ".proto" ".pb.h" header ${gen}/${proto})
    add_custom_command(
      OUTPUT ${source} ${header}
      COMMAND protobuf::protoc --proto_path=${PROJECT_SOURCE_DIR}/proto --cpp_out=${gen} ${proto}
      DEPENDS ${PROJECT_SOURCE_DIR}/proto/${proto}
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}/proto
      COMMENT "Generating ${proto}"
      VERBATIM)
    list(APPEND outputs ${source} ${header})
  endforeach()
  add_library(${name} STATIC ${outputs})
  target_include_directories(${name} SYSTEM PUBLIC ${gen})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf ${arg_DEPS})
endfunction()

# SPDX-License-Identifier: GPL-3.0-or-later
# One way to declare a module, a program and a test. tests/architecture reads the USES lines, so they are the
# project's only statement of who may include whom.

add_library(lectern_flags INTERFACE)
target_compile_options(lectern_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Woverloaded-virtual -Wnon-virtual-dtor -Werror)
target_compile_definitions(lectern_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_KEYWORDS QT_NO_FOREACH QT_DISABLE_DEPRECATED_BEFORE=0x060400
    LECTERN_VERSION="${PROJECT_VERSION}")
target_include_directories(lectern_flags INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
target_link_libraries(lectern_flags INTERFACE Threads::Threads)
if(LECTERN_SANITIZE)
    target_compile_options(lectern_flags INTERFACE -fsanitize=${LECTERN_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(lectern_flags INTERFACE -fsanitize=${LECTERN_SANITIZE})
endif()
if(BUILD_SHARED_LIBS)
    target_link_options(lectern_flags INTERFACE -Wl,-z,defs)
endif()

# lectern_module(<name> USES <modules> [QT <components>] [LIBRARIES <targets or names>])
# A static library lectern_<name> of every source in the calling folder. USES is all it may include.
function(lectern_module name)
    cmake_parse_arguments(ARG "" "" "USES;QT;LIBRARIES" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
    add_library(lectern_${name} ${sources})
    list(TRANSFORM ARG_USES PREPEND lectern_)
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    target_link_libraries(lectern_${name} PUBLIC lectern_flags ${ARG_USES} ${ARG_QT} PRIVATE ${ARG_LIBRARIES})
endfunction()

# lectern_test(<module> <name> [USES <modules>] [QT <components>] [LABELS <labels>] [TIMEOUT <seconds>])
# Builds tst_<name>.cpp of the calling folder and registers it: offscreen, in C.UTF-8 and UTC, with private XDG folders.
function(lectern_test module name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "USES;QT;LABELS;LIBRARIES" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    set(target tst_${module}_${name})
    add_executable(${target} tst_${name}.cpp)
    list(TRANSFORM ARG_USES PREPEND lectern_)
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    target_link_libraries(${target} PRIVATE lectern_flags lectern_test_support ${ARG_USES} ${ARG_QT} Qt6::Test ${ARG_LIBRARIES})
    target_compile_definitions(${target} PRIVATE
        LECTERN_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}" LECTERN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    add_test(NAME ${module}/${name} COMMAND ${target})
    set(home ${PROJECT_BINARY_DIR}/test-home/${target})
    file(MAKE_DIRECTORY ${home}/run)
    file(CHMOD ${home}/run PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
    set_tests_properties(${module}/${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC;HOME=${home};XDG_DATA_HOME=${home}/data;XDG_CONFIG_HOME=${home}/config;XDG_CACHE_HOME=${home}/cache;XDG_RUNTIME_DIR=${home}/run")
endfunction()

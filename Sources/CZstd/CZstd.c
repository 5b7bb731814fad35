#include "CZstd.h"

// One way of searching for matches is used. The library's table names all of them, and so they would all be linked, a quarter of a
// megabyte. Those that are never asked stand here in their place: weak, so that the library's own win where they are linked after
// all. Each says that a block has no matches, which is correct, if not small.
#ifdef __linux__
#define ABSENT(name)                                                                                                               \
    size_t name(void *state, void *sequences, unsigned *repeats, const void *source, size_t size);                                 \
    __attribute__((weak)) size_t name(void *state, void *sequences, unsigned *repeats, const void *source, size_t size) {          \
        return size;                                                                                                               \
    }
#define ABSENT_EVERYWHERE(name) ABSENT(name) ABSENT(name##_dictMatchState) ABSENT(name##_extDict)
#define ABSENT_WITH_ROWS(name)                                                                                                     \
    ABSENT_EVERYWHERE(name)                                                                                                        \
    ABSENT(name##_row) ABSENT(name##_dictMatchState_row) ABSENT(name##_extDict_row)                                                \
    ABSENT(name##_dedicatedDictSearch) ABSENT(name##_dedicatedDictSearch_row)

ABSENT_WITH_ROWS(ZSTD_compressBlock_greedy)
ABSENT_WITH_ROWS(ZSTD_compressBlock_lazy)
ABSENT_WITH_ROWS(ZSTD_compressBlock_lazy2)
ABSENT_EVERYWHERE(ZSTD_compressBlock_btlazy2)
ABSENT_EVERYWHERE(ZSTD_compressBlock_btopt)
ABSENT_EVERYWHERE(ZSTD_compressBlock_btultra)
ABSENT(ZSTD_compressBlock_btultra2)

// What prepares dictionaries, of which there are none.
#define UNUSED(name)                                                                                                               \
    void name(void);                                                                                                               \
    __attribute__((weak)) void name(void) {}

UNUSED(ZSTD_dedicatedDictSearch_lazy_loadDictionary)
UNUSED(ZSTD_insertAndFindFirstIndex)
UNUSED(ZSTD_row_update)
UNUSED(ZSTD_updateTree)
#endif

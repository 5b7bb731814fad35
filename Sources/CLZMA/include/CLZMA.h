#ifndef CLZMA_H
#define CLZMA_H

#include <lzma.h>

/// A macro that Swift does not see.
static const uint32_t clzma_concatenated = LZMA_CONCATENATED;

#endif

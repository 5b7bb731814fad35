#include "CLZMA.h"

#include "CDigests.h"

#include <string.h>

int apus_is_text(const uint8_t *data, size_t length) {
    if (length > 512) length = 512;
    size_t unusual = 0;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = data[i];
        if (byte == 0) return 0;
        int usual = (byte >= 32 && byte < 127) || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\f' ||
                    byte == '\b';
        if (!usual) unusual++;
    }
    return unusual * 10 <= length * 3;
}

size_t apus_dos2unix(const uint8_t *data, size_t length, uint8_t *out) {
    size_t written = 0;
    size_t position = 0;
    while (position < length) {
        const uint8_t *found = memchr(data + position, '\r', length - position);
        size_t stop = found == NULL ? length : (size_t)(found - data);
        if (stop > position) memmove(out + written, data + position, stop - position);
        written += stop - position;
        position = stop;
        if (position < length) {
            if (position + 1 >= length || data[position + 1] != '\n') out[written++] = '\r';
            position++;
        }
    }
    return written;
}

uint64_t apus_checksum(const uint8_t *data, size_t length, uint64_t seed) {
    const uint64_t prime = 0x9e3779b185ebca87u;
    uint64_t lanes[4] = {seed ^ 0x243f6a8885a308d3u, seed ^ 0x13198a2e03707344u, seed ^ 0xa4093822299f31d0u,
                         seed ^ 0x082efa98ec4e6c89u};
    size_t rest = length;
    for (; rest >= 32; rest -= 32, data += 32) {
        for (int i = 0; i < 4; i++) {
            uint64_t word;
            memcpy(&word, data + 8 * i, 8);
            lanes[i] = (lanes[i] ^ word) * prime;
            lanes[i] ^= lanes[i] >> 32;
        }
    }
    uint64_t sum = length * prime;
    for (int i = 0; i < 4; i++) sum = (sum ^ lanes[i]) * prime, sum ^= sum >> 29;
    for (; rest > 0; rest--, data++) sum = (sum ^ *data) * prime, sum ^= sum >> 31;
    return sum;
}

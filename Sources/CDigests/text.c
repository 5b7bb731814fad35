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

// Eight lower-case hexadecimal digits in a word, the first in the lowest byte, as a number. `bad` gathers what is none.
static uint64_t parse_digits(const uint8_t *digits, uint64_t *bad) {
    const uint64_t ones = 0x0101010101010101u, sixteens = ones * 0x10;
    uint64_t word;
    memcpy(&word, digits, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    uint64_t letters = word >> 6 & ones;
    uint64_t low = word & ones * 0x0f;
    *bad |= (word & ones * 0xf0) ^ (ones * 0x30 + letters * 0x30);
    *bad |= ((low + (ones - letters) * 6) | (low + letters * 9)) & sixteens;
    *bad |= ((low + letters * 15) & sixteens) ^ letters << 4;
    uint64_t value = __builtin_bswap64(low + letters * 9);
    value = (value | value >> 4) & 0x00ff00ff00ff00ffu;
    value = (value | value >> 8) & 0x0000ffff0000ffffu;
    return (value | value >> 16) & 0xffffffffu;
}

int apus_parse_hex(const uint8_t *digits, uint64_t words[2]) {
    uint64_t bad = 0;
    words[0] = parse_digits(digits, &bad) << 32;
    words[0] |= parse_digits(digits + 8, &bad);
    words[1] = parse_digits(digits + 16, &bad) << 32;
    words[1] |= parse_digits(digits + 24, &bad);
    return bad == 0;
}

static void write_digits(uint64_t value, uint8_t *out) {
    const uint64_t ones = 0x0101010101010101u;
    value = (value | value << 16) & 0x0000ffff0000ffffu;
    value = (value | value << 8) & 0x00ff00ff00ff00ffu;
    value = (value | value << 4) & 0x0f0f0f0f0f0f0f0fu;
    uint64_t letters = (value + ones * 6) >> 4 & ones;
    uint64_t word = value + ones * 0x30 + letters * 0x27;
#if __BYTE_ORDER__ != __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(out, &word, 8);
}

void apus_write_hex(uint64_t high, uint64_t low, uint8_t *out) {
    write_digits(high >> 32, out);
    write_digits(high & 0xffffffffu, out + 8);
    write_digits(low >> 32, out + 16);
    write_digits(low & 0xffffffffu, out + 24);
}

static int is_plain(uint8_t byte) {
    return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

// The high bit of some byte is set when the word holds a byte that is not plain.
static uint64_t not_plain(uint64_t word) {
    const uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
    uint64_t quotes = word ^ ones * '"', slashes = word ^ ones * '\\';
    return (((word - ones * 0x20) & ~word) | (word + ones) | word | ((quotes - ones) & ~quotes) |
            ((slashes - ones) & ~slashes)) &
           highs;
}

size_t apus_plain_length(const uint8_t *text, size_t length) {
    size_t position = 0;
    for (; length - position >= 8; position += 8) {
        uint64_t word;
        memcpy(&word, text + position, 8);
        if (not_plain(word)) break;
    }
    while (position < length && is_plain(text[position])) position++;
    return position;
}

size_t apus_shared_length(const uint8_t *first, const uint8_t *second, size_t limit) {
    size_t position = 0;
    for (; limit - position >= 8; position += 8) {
        if (memcmp(first + position, second + position, 8) != 0) break;
    }
    while (position < limit && first[position] == second[position]) position++;
    return position;
}

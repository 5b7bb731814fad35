// Decodes one file to its pixels, or many damaged variants of files.
#include "CImaging.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file {
    uint8_t *bytes;
    size_t count;
};

static uint64_t state;

static uint64_t next_random(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static struct file read_file(const char *path) {
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        perror(path);
        exit(2);
    }
    struct file file = {malloc(1 << 24), 0};
    file.count = fread(file.bytes, 1, 1 << 24, stream);
    fclose(stream);
    return file;
}

/// Changes, cuts, repeats or transplants a few pieces; the variant is in memory of exactly its size.
static struct file damaged(struct file original, struct file other) {
    struct file variant = {malloc(original.count * 2 + 1), original.count};
    memcpy(variant.bytes, original.bytes, original.count);
    for (uint64_t changes = 1 + next_random() % 8; changes > 0 && variant.count > 0; changes--) {
        size_t place = next_random() % variant.count;
        if (next_random() % 2) place %= 200;
        if (place >= variant.count) continue;
        size_t length = 1 + next_random() % 16;
        if (length > variant.count - place) length = variant.count - place;
        switch (next_random() % 7) {
        case 0: variant.bytes[place] ^= (uint8_t)(1 << next_random() % 8); break;
        case 1: variant.bytes[place] = (uint8_t)next_random(); break;
        case 2: variant.bytes[place] = next_random() % 2 ? 0xFF : 0; break;
        case 3: variant.count = next_random() % 4 ? variant.count : place; break;
        case 4:
            memmove(variant.bytes + place, variant.bytes + place + length, variant.count - place - length);
            variant.count -= length;
            break;
        case 5:
            for (size_t i = 0; i < length; i++) variant.bytes[place + i] = other.bytes[(place + i) % other.count];
            break;
        default:
            if (variant.count + length > original.count * 2) break;
            memmove(variant.bytes + place + length, variant.bytes + place, variant.count - place);
            variant.count += length;
        }
    }
    struct file exact = {malloc(variant.count ? variant.count : 1), variant.count};
    memcpy(exact.bytes, variant.bytes, variant.count);
    free(variant.bytes);
    return exact;
}

static void fuzz(long cases, int count, char **paths) {
    long seen[IMAGING_OUT_OF_MEMORY + 1] = {0};
    struct file *files = calloc((size_t)count, sizeof *files);
    for (int i = 0; i < count; i++) files[i] = read_file(paths[i]);
    for (long number = 0; number < cases; number++) {
        // Each case by its number, so that it can be made again.
        state = 0x9E3779B97F4A7C15u * (uint64_t)(number + 1);
        for (int i = 0; i < 4; i++) next_random();
        struct file variant = damaged(files[number % count], files[next_random() % (uint64_t)count]);
        struct imaging_options options = {1 << 20, next_random() % 2 ? 1 : 3, next_random() % 8 == 0};
        struct imaging_image image;
        char message[IMAGING_MESSAGE_SIZE];
        enum imaging_status status = imaging_decode(variant.bytes, variant.count, &options, &image, message);
        seen[status]++;
        if (status == IMAGING_OK) {
            uint32_t sum = 0;
            size_t size = (size_t)image.width * image.height * (size_t)options.channels;
            for (size_t i = 0; i < size; i++) sum += image.pixels[i];
            if (sum == UINT32_MAX) putchar(' ');
        } else if (image.pixels != NULL) {
            abort();
        }
        free(image.pixels);
        free(variant.bytes);
    }
    printf("%ld cases: %ld decoded, %ld unknown, %ld damaged, %ld too large, %ld out of memory\n", cases, seen[0],
        seen[1], seen[2], seen[3], seen[4]);
    for (int i = 0; i < count; i++) free(files[i].bytes);
    free(files);
}

static int decode(int channels, const char *path) {
    struct file file = read_file(path);
    struct imaging_options options = {64 << 20, channels, 0};
    struct imaging_image image;
    char message[IMAGING_MESSAGE_SIZE];
    enum imaging_status status = imaging_decode(file.bytes, file.count, &options, &image, message);
    fprintf(stderr, "status %d, %u x %u %s\n", status, image.width, image.height, message);
    if (status == IMAGING_OK) fwrite(image.pixels, (size_t)channels, (size_t)image.width * image.height, stdout);
    free(image.pixels);
    free(file.bytes);
    return status;
}

int main(int count, char **arguments) {
    if (count == 4 && strcmp(arguments[1], "decode") == 0) return decode(atoi(arguments[2]), arguments[3]);
    if (count < 4 || strcmp(arguments[1], "fuzz") != 0) {
        fprintf(stderr, "usage: driver decode 1|3 FILE, driver fuzz CASES FILE...\n");
        return 2;
    }
    fuzz(atol(arguments[2]), count - 3, arguments + 3);
}

#include "CDigests.h"
#include "md5_internal.h"

#include <stdatomic.h>
#include <string.h>

#define F(b, c, d) (d ^ (b & (c ^ d)))
#define G(b, c, d) (d & b)
#define H(b, c, d) (b ^ c ^ d)
#define I(b, c, d) (c ^ (b | ~d))
/// What of a step does not wait for `b`, the result of the step before it.
#define EARLY_F(c, d) 0
#define EARLY_G(c, d) (~d & c)
#define EARLY_H(c, d) 0
#define EARLY_I(c, d) 0
/// Keeps the compiler from reordering the sum, so that what is known early is added early.
#define SETTLE(x) __asm__("" : "+r"(x))
#define STEP(f, a, b, c, d, word, shift, constant)                                                                     \
    a += w[word] + constant + EARLY_##f(c, d);                                                                         \
    SETTLE(a);                                                                                                         \
    a += f(b, c, d);                                                                                                   \
    a = ((a << shift) | (a >> (32 - shift))) + b;

void apus_md5_blocks(uint32_t state[4], const uint8_t *data, size_t blocks) {
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    for (; blocks > 0; blocks--, data += 64) {
        uint32_t w[16];
        memcpy(w, data, 64);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        for (int i = 0; i < 16; i++) w[i] = __builtin_bswap32(w[i]);
#endif
        uint32_t a0 = a, b0 = b, c0 = c, d0 = d;
        APUS_MD5_STEPS(STEP)
        a += a0, b += b0, c += c0, d += d0;
    }
    state[0] = a, state[1] = b, state[2] = c, state[3] = d;
}

static void kernel_scalar(uint32_t state[4][APUS_LANES], const uint8_t *const data[APUS_LANES], size_t blocks) {
    for (size_t lane = 0; lane < APUS_LANES; lane++) {
        uint32_t one[4] = {state[0][lane], state[1][lane], state[2][lane], state[3][lane]};
        apus_md5_blocks(one, data[lane], blocks);
        for (int word = 0; word < 4; word++) state[word][lane] = one[word];
    }
}

static const uint32_t initial_state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

// ---- One stream

void apus_md5_init(apus_md5_context *context) {
    memcpy(context->state, initial_state, sizeof initial_state);
    context->length = 0;
    context->buffered = 0;
}

/// Fills the waiting block; returns how many bytes of `data` that took.
static size_t fill_block(apus_md5_context *context, const uint8_t *data, size_t length) {
    if (context->buffered == 0) return 0;
    size_t room = 64 - context->buffered;
    size_t taken = length < room ? length : room;
    memcpy(context->block + context->buffered, data, taken);
    context->buffered += (uint32_t)taken;
    if (context->buffered == 64) {
        apus_md5_blocks(context->state, context->block, 1);
        context->buffered = 0;
    }
    return taken;
}

void apus_md5_update(apus_md5_context *context, const uint8_t *data, size_t length) {
    if (length == 0) return;
    context->length += length;
    size_t taken = fill_block(context, data, length);
    data += taken, length -= taken;
    if (length >= 64) apus_md5_blocks(context->state, data, length / 64);
    data += length & ~(size_t)63, length &= 63;
    if (length > 0) memcpy(context->block, data, length), context->buffered = (uint32_t)length;
}

/// Writes the last `rest` bytes of a message with its padding to `tail`; returns the blocks that makes, 1 or 2.
static size_t make_tail(uint8_t tail[128], const uint8_t *rest_bytes, size_t rest, uint64_t length) {
    size_t blocks = rest < 56 ? 1 : 2;
    memset(tail, 0, 128);
    if (rest > 0) memcpy(tail, rest_bytes, rest);
    tail[rest] = 0x80;
    uint64_t bits = length << 3;
    for (int i = 0; i < 8; i++) tail[blocks * 64 - 8 + (size_t)i] = (uint8_t)(bits >> (8 * i));
    return blocks;
}

static void put_digest(const uint32_t state[4], uint8_t out[16]) {
    for (int i = 0; i < 16; i++) out[i] = (uint8_t)(state[i / 4] >> (8 * (i % 4)));
}

void apus_md5_final(apus_md5_context *context, uint8_t out[16]) {
    uint8_t tail[128];
    size_t blocks = make_tail(tail, context->block, context->buffered, context->length);
    apus_md5_blocks(context->state, tail, blocks);
    put_digest(context->state, out);
}

// ---- Many streams

static _Atomic(apus_md5_kernel) chosen_kernel;

static apus_md5_kernel kernel_number(int number) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    int avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                 __builtin_cpu_supports("avx512bw");
    if (number == 4 && avx512) return apus_md5_kernel_avx512;
    if (number == 3 && __builtin_cpu_supports("avx2")) return apus_md5_kernel_avx2;
#endif
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (number == 2) return apus_md5_kernel_four;
#endif
    return number == 1 ? kernel_scalar : NULL;
}

int apus_md5_select_kernel(int kernel) {
    int first = kernel == 0 ? 4 : kernel;
    for (int number = first; number > 0; number--) {
        apus_md5_kernel found = kernel_number(number);
        if (found == NULL) continue;
        atomic_store(&chosen_kernel, found);
        return number;
    }
    return 0;
}

static apus_md5_kernel current_kernel(void) {
    apus_md5_kernel kernel = atomic_load_explicit(&chosen_kernel, memory_order_relaxed);
    if (kernel == NULL) {
        apus_md5_select_kernel(0);
        kernel = atomic_load(&chosen_kernel);
    }
    return kernel;
}

typedef struct {
    const uint8_t *data[APUS_LANES];
    size_t blocks[APUS_LANES];
    size_t job[APUS_LANES];
    size_t tail_blocks[APUS_LANES];
    uint32_t state[4][APUS_LANES];
    uint8_t tail[APUS_LANES][128];
} lane_set;

/// What the lanes work on: whole messages (`out`), or one more buffer for each of several open computations.
typedef struct {
    const uint8_t *const *data;
    const size_t *lengths;
    size_t count;
    size_t next;
    uint8_t *out;
    apus_md5_context *const *contexts;
} work_list;

static void load_state(lane_set *lanes, size_t lane, const uint32_t state[4]) {
    for (int word = 0; word < 4; word++) lanes->state[word][lane] = state[word];
}

/// Puts the next job into a lane; false when there is none.
static int load_lane(lane_set *lanes, size_t lane, work_list *work) {
    while (work->next < work->count) {
        size_t job = work->next++;
        size_t length = work->lengths[job];
        lanes->job[lane] = job;
        lanes->data[lane] = work->data[job];
        lanes->blocks[lane] = length / 64;
        if (work->contexts == NULL) {
            load_state(lanes, lane, initial_state);
            const uint8_t *rest = length > 0 ? work->data[job] + (length & ~(size_t)63) : NULL;
            lanes->tail_blocks[lane] = make_tail(lanes->tail[lane], rest, length & 63, length);
            return 1;
        }
        apus_md5_context *context = work->contexts[job];
        if (context->buffered != 0 || length < 64) {
            apus_md5_update(context, work->data[job], length);
            continue;
        }
        load_state(lanes, lane, context->state);
        lanes->tail_blocks[lane] = 0;
        return 1;
    }
    return 0;
}

/// Ends the current stretch of a lane. Returns true while the lane has more to do for its job.
static int next_stretch(lane_set *lanes, size_t lane, work_list *work) {
    if (lanes->tail_blocks[lane] > 0) {
        lanes->data[lane] = lanes->tail[lane];
        lanes->blocks[lane] = lanes->tail_blocks[lane];
        lanes->tail_blocks[lane] = 0;
        return 1;
    }
    size_t job = lanes->job[lane];
    uint32_t state[4] = {lanes->state[0][lane], lanes->state[1][lane], lanes->state[2][lane], lanes->state[3][lane]};
    if (work->contexts == NULL) {
        put_digest(state, work->out + job * 16);
        return 0;
    }
    apus_md5_context *context = work->contexts[job];
    memcpy(context->state, state, sizeof state);
    size_t whole = work->lengths[job] & ~(size_t)63;
    context->length += whole;
    apus_md5_update(context, work->data[job] + whole, work->lengths[job] - whole);
    return 0;
}

/// Finishes one lane alone, which beats running all lanes for it.
static void finish_alone(lane_set *lanes, size_t lane, work_list *work) {
    uint32_t state[4] = {lanes->state[0][lane], lanes->state[1][lane], lanes->state[2][lane], lanes->state[3][lane]};
    do {
        apus_md5_blocks(state, lanes->data[lane], lanes->blocks[lane]);
        load_state(lanes, lane, state);
    } while (next_stretch(lanes, lane, work));
}

static void run_lanes(work_list *work) {
    apus_md5_kernel kernel = current_kernel();
    lane_set lanes;
    memset(lanes.state, 0, sizeof lanes.state);
    size_t active[APUS_LANES];
    size_t active_count = 0;
    for (size_t lane = 0; lane < APUS_LANES; lane++) {
        if (load_lane(&lanes, lane, work)) active[active_count++] = lane;
    }
    while (active_count > 0) {
        size_t blocks = SIZE_MAX;
        for (size_t i = 0; i < active_count;) {
            size_t lane = active[i];
            if (lanes.blocks[lane] == 0 && !next_stretch(&lanes, lane, work) && !load_lane(&lanes, lane, work)) {
                active[i] = active[--active_count];
                continue;
            }
            if (lanes.blocks[lane] == 0) continue;
            if (lanes.blocks[lane] < blocks) blocks = lanes.blocks[lane];
            i++;
        }
        if (active_count == 0) break;
        if (active_count <= 2 && work->next >= work->count) {
            for (size_t i = 0; i < active_count; i++) finish_alone(&lanes, active[i], work);
            break;
        }
        const uint8_t *data[APUS_LANES];
        for (size_t lane = 0; lane < APUS_LANES; lane++) data[lane] = lanes.data[active[0]];
        for (size_t i = 0; i < active_count; i++) data[active[i]] = lanes.data[active[i]];
        kernel(lanes.state, data, blocks);
        for (size_t i = 0; i < active_count; i++) {
            lanes.data[active[i]] += blocks * 64;
            lanes.blocks[active[i]] -= blocks;
        }
    }
}

void apus_md5_batch(const uint8_t *const *data, const size_t *lengths, size_t count, uint8_t *out) {
    work_list work = {data, lengths, count, 0, out, NULL};
    run_lanes(&work);
}

void apus_md5_update_many(
    apus_md5_context *const *contexts, const uint8_t *const *data, const size_t *lengths, size_t count) {
    work_list work = {data, lengths, count, 0, NULL, contexts};
    run_lanes(&work);
}

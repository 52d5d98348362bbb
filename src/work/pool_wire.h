/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the frames between a pool and its parsers hold: packed values (base/pack.h), a PoolWire
 * first. Only the hello goes to the parser as it is. Private to pool.c and pool_serve.c. */
#ifndef NOTME_WORK_POOL_WIRE_H
#define NOTME_WORK_POOL_WIRE_H

typedef enum PoolWire {
    /* to the parser: */
    POOL_REQUESTS, /* one after the other: has it a descriptor; its bytes */
    /* to the pool: */
    POOL_CONFINED, /* Confinement; the first frame of a parser */
    POOL_ANSWERS,  /* one after the other, in the order of the requests: its bytes */
    POOL_WIRE_COUNT
} PoolWire;

/* Bytes of a frame beside one answer. */
enum { POOL_FRAME_MORE = 1 << 20 };

#endif

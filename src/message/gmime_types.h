/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GMime, with g_autoptr() for its types. */
#ifndef NOTME_MESSAGE_GMIME_TYPES_H
#define NOTME_MESSAGE_GMIME_TYPES_H

#include <gmime/gmime.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeObject, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeDataWrapper, g_object_unref)

#endif

/* Reporting a failure: a status for the caller's code, a sentence for its user. */
#ifndef APL_STATUS_H
#define APL_STATUS_H

#include "appliance.h"

/* Keeps the formatted sentence as this thread's last error and returns status. */
int32_t apl_fail(int32_t status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Copies text with a terminating zero, cut at a UTF-8 character; length receives its full length. */
int32_t apl_copy_text(const char *text, char *buffer, int32_t capacity, int32_t *length);

#endif

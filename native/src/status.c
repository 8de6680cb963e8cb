#include "status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char last_error[1024];

int32_t apl_fail(int32_t status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(last_error, sizeof last_error, format, arguments);
    va_end(arguments);
    return status;
}

int32_t apl_copy_text(const char *text, char *buffer, int32_t capacity, int32_t *length)
{
    if (length == NULL || capacity < 0 || (buffer == NULL && capacity > 0)) {
        return apl_fail(APL_INVALID_ARGUMENT, "length is null, or buffer and capacity do not fit each other");
    }
    size_t whole = strlen(text);
    if (capacity > 0) {
        size_t cut = whole < (size_t)capacity ? whole : (size_t)capacity - 1;
        while (cut < whole && cut > 0 && ((unsigned char)text[cut] & 0xC0) == 0x80) {
            cut--; /* never half of a character */
        }
        memmove(buffer, text, cut);
        buffer[cut] = '\0';
    }
    *length = (int32_t)whole;
    return APL_OK;
}

int32_t apl_last_error(char *buffer, int32_t capacity, int32_t *length)
{
    return apl_copy_text(last_error, buffer, capacity, length);
}

int32_t apl_status_text(int32_t status, const char **text)
{
    if (text == NULL) {
        return apl_fail(APL_INVALID_ARGUMENT, "text is null");
    }
    switch (status) {
#define STATUS_CASE(name, number, words) \
    case number: \
        *text = words; \
        return APL_OK;
        APL_STATUS_TABLE(STATUS_CASE)
#undef STATUS_CASE
    default:
        *text = "unknown status";
        return apl_fail(APL_INVALID_ARGUMENT, "%d is not a status of this library", status);
    }
}

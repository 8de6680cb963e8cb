/* Which devices can capture. */
#include "appliance.h"
#include "capture_device.h"
#include "status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_BYTES = 16384 };

/* Appends a line; what does not fit is left out (some hundred devices do). Tabs and line ends in names become spaces. */
static void append(char *list, const char *line)
{
    size_t used = strlen(list);
    if (used + strlen(line) + 1 < LIST_BYTES) {
        strcpy(list + used, line);
    }
}

static const char *cleaned(char *text)
{
    for (char *c = text; *c != '\0'; c++) {
        if (*c == '\t' || *c == '\n') {
            *c = ' ';
        }
    }
    return text;
}

static void list_card(int card, snd_ctl_t *control, char *list)
{
    snd_ctl_card_info_t *info;
    snd_ctl_card_info_alloca(&info);
    if (snd_ctl_card_info(control, info) < 0) {
        return;
    }
    snd_pcm_info_t *pcm;
    snd_pcm_info_alloca(&pcm);
    int device = -1;
    while (snd_ctl_pcm_next_device(control, &device) == 0 && device >= 0) {
        snd_pcm_info_set_device(pcm, (unsigned)device);
        snd_pcm_info_set_subdevice(pcm, 0);
        snd_pcm_info_set_stream(pcm, SND_PCM_STREAM_CAPTURE);
        if (snd_ctl_pcm_info(control, pcm) < 0) {
            continue;
        }
        char card_name[128];
        char device_name[128];
        char line[512];
        snprintf(card_name, sizeof card_name, "%s", snd_ctl_card_info_get_name(info));
        snprintf(device_name, sizeof device_name, "%s", snd_pcm_info_get_name(pcm));
        snprintf(line, sizeof line, "%d\t%d\t%s\t%s\t%s\n", card, device, snd_ctl_card_info_get_id(info), cleaned(card_name), cleaned(device_name));
        append(list, line);
    }
}

int32_t apl_capture_list(char *buffer, int32_t capacity, int32_t *length)
{
    if (length == NULL || capacity < 0 || (buffer == NULL && capacity > 0)) {
        return apl_fail(APL_INVALID_ARGUMENT, "apl_capture_list: an argument is null or out of range");
    }
    apl_capture_silence_alsa();
    char *list = calloc(1, LIST_BYTES);
    if (list == NULL) {
        return apl_fail(APL_OUT_OF_MEMORY, "no memory for a list of devices");
    }
    int card = -1;
    while (snd_card_next(&card) == 0 && card >= 0) {
        char name[32];
        snd_ctl_t *control;
        snprintf(name, sizeof name, "hw:%d", card);
        if (snd_ctl_open(&control, name, SND_CTL_NONBLOCK) == 0) {
            list_card(card, control, list);
            snd_ctl_close(control);
        }
    }
    int32_t status = apl_copy_text(list, buffer, capacity, length);
    free(list);
    return status;
}

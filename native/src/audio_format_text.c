/* Names of containers and encodings, short and the same for every version of libsndfile. */
#include "audio_source.h"

#include <stdio.h>

struct format_name {
    int format;
    const char *name;
};

static const struct format_name containers[] = {
    {SF_FORMAT_RAW, "WAV"},   {SF_FORMAT_WAV, "WAV"},   {SF_FORMAT_WAVEX, "WAV"}, {SF_FORMAT_RF64, "RF64"}, {SF_FORMAT_W64, "W64"},
    {SF_FORMAT_AIFF, "AIFF"}, {SF_FORMAT_AU, "AU"},     {SF_FORMAT_CAF, "CAF"},   {SF_FORMAT_FLAC, "FLAC"}, {SF_FORMAT_OGG, "Ogg"},
    {APL_FORMAT_MPEG, "MPEG"}, {SF_FORMAT_VOC, "VOC"},   {SF_FORMAT_NIST, "NIST"}, {0, NULL},
};

static const struct format_name encodings[] = {
    {SF_FORMAT_PCM_S8, "8-bit PCM"},
    {SF_FORMAT_PCM_U8, "8-bit PCM"},
    {SF_FORMAT_PCM_16, "16-bit PCM"},
    {SF_FORMAT_PCM_24, "24-bit PCM"},
    {SF_FORMAT_PCM_32, "32-bit PCM"},
    {SF_FORMAT_FLOAT, "32-bit float"},
    {SF_FORMAT_DOUBLE, "64-bit float"},
    {SF_FORMAT_ULAW, "mu-law"},
    {SF_FORMAT_ALAW, "A-law"},
    {SF_FORMAT_IMA_ADPCM, "IMA ADPCM"},
    {SF_FORMAT_MS_ADPCM, "Microsoft ADPCM"},
    {SF_FORMAT_GSM610, "GSM 6.10"},
    {SF_FORMAT_VORBIS, "Vorbis"},
    {SF_FORMAT_OPUS, "Opus"},
    {SF_FORMAT_ALAC_16, "ALAC"},
    {SF_FORMAT_ALAC_20, "ALAC"},
    {SF_FORMAT_ALAC_24, "ALAC"},
    {SF_FORMAT_ALAC_32, "ALAC"},
    {APL_FORMAT_MPEG_LAYER_I, "layer I"},
    {APL_FORMAT_MPEG_LAYER_I + 1, "layer II"},
    {APL_FORMAT_MPEG_LAYER_I + 2, "layer III"},
    {0, NULL},
};

static const char *find(const struct format_name *names, int format)
{
    while (names->name != NULL && names->format != format) {
        names++;
    }
    return names->name;
}

void apl_audio_source_format(const struct audio_source *source, char *text, int32_t capacity)
{
    const char *container = find(containers, source->info.format & SF_FORMAT_TYPEMASK);
    const char *encoding = find(encodings, source->info.format & SF_FORMAT_SUBMASK);
    SF_FORMAT_INFO known = {.format = source->info.format & SF_FORMAT_TYPEMASK};
    if (container == NULL && sf_command(NULL, SFC_GET_FORMAT_INFO, &known, sizeof known) == 0) {
        container = known.name;
    }
    snprintf(text, (size_t)capacity, "%s, %s", container != NULL ? container : "audio", encoding != NULL ? encoding : "compressed");
}

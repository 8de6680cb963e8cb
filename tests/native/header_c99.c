/* Compiled as pedantic C99 with nothing else included. */
#include "appliance.h"

extern const apl_audio_file_config header_compiles;
const apl_audio_file_config header_compiles = {sizeof(apl_audio_file_config), APL_OK};

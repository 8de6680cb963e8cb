# Compares what LIBRARY exports with what HEADER declares as APL_API; fails on any difference.
file(READ ${HEADER} text)
string(REGEX MATCHALL "APL_API int32_t apl_[a-z0-9_]+" declarations "${text}")
list(TRANSFORM declarations REPLACE "APL_API int32_t " "" OUTPUT_VARIABLE declared)

execute_process(COMMAND ${NM} -D --defined-only ${LIBRARY} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[0-9a-f]+ [A-Za-z] [^\n]+" lines "${symbols}")
list(TRANSFORM lines REPLACE "^[0-9a-f]+ [A-Za-z] " "" OUTPUT_VARIABLE exported)

list(SORT declared)
list(SORT exported)
if(NOT declared STREQUAL exported)
    set(missing ${declared})
    list(REMOVE_ITEM missing ${exported})
    set(extra ${exported})
    list(REMOVE_ITEM extra ${declared})
    message(FATAL_ERROR "exports differ from appliance.h: not exported [${missing}], not declared [${extra}]")
endif()

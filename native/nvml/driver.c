/* Compiled once for each driver generation, with DRIVER_SYMBOL set by the Makefile. */
#include "call.h"

#define DRIVER(symbol, branch, minor, generation, version, nvml, cuda) \
    static const struct nvml_driver driver_##symbol = {generation, version, nvml, cuda, branch, RELEASE(branch, minor)};
#include "drivers.def"
#undef DRIVER

#define SELECT_(symbol) driver_##symbol
#define SELECT(symbol) SELECT_(symbol)

const struct nvml_driver *nvml_driver(void)
{
#define DRIVER(symbol, branch, minor, generation, version, nvml, cuda) (void)driver_##symbol;
#include "drivers.def"
#undef DRIVER
    return &SELECT(DRIVER_SYMBOL);
}

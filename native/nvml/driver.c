/* Compiled once for each driver generation, with DRIVER_NUMBER set by the Makefile. */
#include "call.h"

#define DRIVER(number, generation, version, nvml, cuda) \
    static const struct nvml_driver driver_##number = {generation, version, nvml, cuda, number};
#include "drivers.def"
#undef DRIVER

#define SELECT_(number) driver_##number
#define SELECT(number) SELECT_(number)

const struct nvml_driver *nvml_driver(void)
{
#define DRIVER(number, generation, version, nvml, cuda) (void)driver_##number;
#include "drivers.def"
#undef DRIVER
    return &SELECT(DRIVER_NUMBER);
}

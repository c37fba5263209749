/* The smallest library that NvmlLibrary.Load accepts: the seven required symbols and nothing else. With OLD_DRIVER it also has
 * the older names of functions that were renamed later; each writes exactly what the old signature allows. */
#include <stdint.h>
#include <string.h>

#define SUCCESS 0
#define INSUFFICIENT_SIZE 7

typedef struct nvmlDevice_st *nvmlDevice_t;

int nvmlInit_v2(void)
{
    return SUCCESS;
}

int nvmlShutdown(void)
{
    return SUCCESS;
}

int nvmlDeviceGetCount_v2(unsigned int *count)
{
    *count = 1;
    return SUCCESS;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t *device)
{
    *device = (nvmlDevice_t)(uintptr_t)(0x1000 + index);
    return SUCCESS;
}

/* The handle tells how the name arrived: its length, so that a missing NUL shows. */
int nvmlDeviceGetHandleByPciBusId_v2(const char *name, nvmlDevice_t *device)
{
    *device = (nvmlDevice_t)(uintptr_t)strlen(name);
    return SUCCESS;
}

int nvmlDeviceGetUUID(nvmlDevice_t device, char *uuid, unsigned int length)
{
    static const char text[] = "GPU-00000000-0000-0000-0000-000000000001";

    (void)device;
    if (length < sizeof(text))
        return INSUFFICIENT_SIZE;
    memcpy(uuid, text, sizeof(text));
    return SUCCESS;
}

int nvmlDeviceGetPciInfo_v3(nvmlDevice_t device, unsigned char *pci)
{
    (void)device;
    memset(pci, 0, 68);
    memcpy(pci + 36, "00000000:18:00.0", 16);
    return SUCCESS;
}

#ifdef OLD_DRIVER
int nvmlEventSetWait(void *set, unsigned char *event, unsigned int timeout)
{
    uint64_t xid_bit = 0x8, xid = 79;

    (void)set;
    (void)timeout;
    memset(event, 0, 24); /* the event before driver 450: device, type, data */
    memcpy(event + 8, &xid_bit, 8);
    memcpy(event + 16, &xid, 8);
    return SUCCESS;
}

int nvmlDeviceGetCurrentClocksThrottleReasons(nvmlDevice_t device, unsigned long long *reasons)
{
    (void)device;
    *reasons = 0x44;
    return SUCCESS;
}

int nvmlDeviceGetRetiredPages(nvmlDevice_t device, int cause, unsigned int *count, unsigned long long *addresses)
{
    unsigned int room = *count;

    (void)device;
    *count = 2;
    if (room < 2)
        return INSUFFICIENT_SIZE;
    addresses[0] = 0x1000 + (unsigned)cause;
    addresses[1] = 0x2000 + (unsigned)cause;
    return SUCCESS;
}
#endif

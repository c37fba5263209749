/* Process lists as drivers wrote them, by -DENTRY: 16 bytes behind the unsuffixed symbols, 24 behind _v2 and _v3, and the 32 that
 * drivers 535.43.02 to 535.86 wrote behind _v3. Process n has pid 100 + n, n + 1 MiB and the instances n and n + 10. Built
 * together with required.c; what lies behind the last entry that the caller has room for is left alone. */
#include <stdint.h>
#include <string.h>

#define PROCESSES 4

static int list(unsigned int *count, unsigned char *entries)
{
    unsigned int room = *count;

    *count = PROCESSES;
    if (room < PROCESSES)
        return 7;
    for (uint32_t i = 0; i < PROCESSES; i++) {
        unsigned char entry[32];
        uint32_t pid = 100 + i, gpu_instance = i, compute_instance = 10 + i;
        uint64_t used = (uint64_t)(i + 1) << 20, protected_memory = ~UINT64_C(0);

        memset(entry, 0xEE, sizeof(entry)); /* padding is not zero on a stack */
        memcpy(entry, &pid, 4);
        memcpy(entry + 8, &used, 8);
        memcpy(entry + 16, &gpu_instance, 4);
        memcpy(entry + 20, &compute_instance, 4);
        memcpy(entry + 24, &protected_memory, 8);
        memcpy(entries + ENTRY * i, entry, ENTRY);
    }
    return 0;
}

#define LIST(name) int name(void *device, unsigned int *count, void *entries) { (void)device; return list(count, entries); }

#if ENTRY == 16
LIST(nvmlDeviceGetComputeRunningProcesses)
LIST(nvmlDeviceGetGraphicsRunningProcesses)
LIST(nvmlDeviceGetMPSComputeRunningProcesses)
#elif defined(VERSION_2)
LIST(nvmlDeviceGetComputeRunningProcesses_v2)
LIST(nvmlDeviceGetGraphicsRunningProcesses_v2)
LIST(nvmlDeviceGetMPSComputeRunningProcesses_v2)
#else
LIST(nvmlDeviceGetComputeRunningProcesses_v3)
LIST(nvmlDeviceGetGraphicsRunningProcesses_v3)
LIST(nvmlDeviceGetMPSComputeRunningProcesses_v3)
#endif

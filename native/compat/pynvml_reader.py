"""Prints what pynvml reads of a node, in lines like those of `forewarn-simnode status`."""
import pynvml as n

NO_INSTANCE = 0xFFFFFFFF
FIELD_LINK_COUNT, FIELD_ENERGY = 91, 83


def field(value):
    if value.nvmlReturn != 0:
        return 0 if value.nvmlReturn == n.NVML_ERROR_NOT_SUPPORTED else -1
    return value.value.uiVal if value.valueType == n.NVML_VALUE_TYPE_UNSIGNED_INT else value.value.ullVal


def parts(handle):
    for i in range(n.nvmlDeviceGetMaxMigDeviceCount(handle)):
        try:
            yield i, n.nvmlDeviceGetMigDeviceHandleByIndex(handle, i)
        except n.NVMLError_NotFound:
            pass  # a hole


n.nvmlInit()
print("driver", n.nvmlSystemGetDriverVersion())
for g in range(n.nvmlDeviceGetCount()):
    h = n.nvmlDeviceGetHandleByIndex(g)
    print("gpu", g, n.nvmlDeviceGetUUID(h), n.nvmlDeviceGetName(h), f"temperature={n.nvmlDeviceGetTemperature(h, 0)}",
          f"power={n.nvmlDeviceGetPowerUsage(h)}", f"memory={n.nvmlDeviceGetMemoryInfo(h, n.nvmlMemory_v2).used}")
    links, energy = n.nvmlDeviceGetFieldValues(h, [FIELD_LINK_COUNT, FIELD_ENERGY])
    print("field", g, f"links={field(links)}", f"energy={field(energy)}")
    for i, part in parts(h):
        print("mig", g, i, n.nvmlDeviceGetUUID(part), n.nvmlDeviceGetName(part), f"gi={n.nvmlDeviceGetGpuInstanceId(part)}",
              f"ci={n.nvmlDeviceGetComputeInstanceId(part)}")
    for p in n.nvmlDeviceGetComputeRunningProcesses(h):
        where = "" if p.gpuInstanceId == NO_INSTANCE else f" gi={p.gpuInstanceId} ci={p.computeInstanceId}"
        print(f"process {g} {p.pid} memory={p.usedGpuMemory}{where}")
n.nvmlShutdown()

using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal static partial class NvmlSymbolLoss
{
    /// <summary>Parts of cards, who works on them, performance counters, events.</summary>
    private static Dictionary<string, SymbolLoss> OfWork
    {
        get
        {
            const string MigParts = "the parts of a card (MIG)";
            SymbolLoss parts = new(MigParts);
            SymbolLoss events = new("the driver's events (Xid, memory errors, poison, advice of a reset, changes of MIG)");
            SymbolLoss profiling = SymbolLoss.Of(All("profiling", reader => reader.Readings.SelectMany(reading => reading.Signals))) with
            {
                OfProfiling = true,
            };
            return new()
            {
                ["nvmlDeviceGetMigMode"] = new(MigParts, SignalId.MigEnabled),
                ["nvmlDeviceGetMaxMigDeviceCount"] = parts,
                ["nvmlDeviceGetMigDeviceHandleByIndex"] = parts,
                ["nvmlDeviceGetGpuInstanceId"] = new("the GPU instance of a part"),
                ["nvmlDeviceGetComputeInstanceId"] = new("the compute instance of a part"),
                ["nvmlDeviceGetAttributes_v2"] = Trait("multiprocessors", "slices", "compute_slices", "copy_engines", "decoders"),
                ["nvmlDeviceIsMigDeviceHandle"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetDeviceHandleFromMigDeviceHandle"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetGpuInstances"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetGpuInstanceById"] = SymbolLoss.Nothing,
                ["nvmlGpuInstanceGetInfo"] = SymbolLoss.Nothing,
                ["nvmlGpuInstanceGetComputeInstances"] = SymbolLoss.Nothing,
                ["nvmlGpuInstanceGetComputeInstanceById"] = SymbolLoss.Nothing,
                ["nvmlComputeInstanceGetInfo_v2"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetGpuInstanceProfileInfoV"] = SymbolLoss.Nothing,
                ["nvmlGpuInstanceGetComputeInstanceProfileInfoV"] = SymbolLoss.Nothing,

                // The oldest lists have pid and memory too, which is all that is read. Without the first of them no list is read.
                ["nvmlDeviceGetComputeRunningProcesses_v3"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetComputeRunningProcesses"] = new("the processes on a card, and so whose they are (jobs, pods, containers)")
                {
                    Unless = "nvmlDeviceGetComputeRunningProcesses_v3",
                },
                ["nvmlDeviceGetMPSComputeRunningProcesses_v3"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetMPSComputeRunningProcesses"] = new("processes that share a card (MPS)")
                {
                    Unless = "nvmlDeviceGetMPSComputeRunningProcesses_v3",
                },
                ["nvmlDeviceGetGraphicsRunningProcesses_v3"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetGraphicsRunningProcesses"] = new("processes that draw")
                {
                    Unless = "nvmlDeviceGetGraphicsRunningProcesses_v3",
                },
                ["nvmlDeviceGetRunningProcessDetailList"] = SymbolLoss.Nothing,
                ["nvmlSystemGetProcessName"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetProcessUtilization"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetProcessesUtilizationInfo"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetAccountingMode"] = SymbolLoss.Of(SignalId.AccountingEnabled),
                ["nvmlDeviceGetAccountingPids"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetAccountingStats"] = SymbolLoss.Nothing,
                ["nvmlDeviceGetAccountingBufferSize"] = SymbolLoss.Nothing,

                ["nvmlGpmQueryDeviceSupport"] = profiling,
                ["nvmlGpmSampleAlloc"] = profiling,
                ["nvmlGpmSampleGet"] = profiling,
                ["nvmlGpmMetricsGet"] = profiling,
                ["nvmlGpmSampleFree"] = SymbolLoss.Nothing,
                ["nvmlGpmMigSampleGet"] = new("profiling of MIG devices"),
                ["nvmlGpmQueryIfStreamingEnabled"] = SymbolLoss.Nothing,

                ["nvmlEventSetCreate"] = events,
                ["nvmlEventSetFree"] = events,
                ["nvmlEventSetWait_v2"] = events,
                ["nvmlDeviceGetSupportedEventTypes"] = events,
                ["nvmlDeviceRegisterEvents"] = events,
                ["nvmlSystemEventSetCreate"] = SymbolLoss.Nothing,
                ["nvmlSystemEventSetFree"] = SymbolLoss.Nothing,
                ["nvmlSystemRegisterEvents"] = SymbolLoss.Nothing,
                ["nvmlSystemEventSetWait"] = SymbolLoss.Nothing,
            };
        }
    }
}

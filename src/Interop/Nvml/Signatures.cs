// The shapes of NVML's functions. What a `void*` points to is stated once, in the wrapper that makes the call. Every C enum and
// `unsigned int` argument is 32 bits and travels alike, so two hundred functions need these few.
global using unsafe NvmlCall = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlDo = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlErrorText = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlReturn, byte*>;
global using unsafe NvmlFreeEventSet = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlEventSet, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlFreeSample = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlGpmSample, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGet = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetBetween =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, Forewarn.Interop.Nvml.NvmlDevice, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetBetweenBy = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, Forewarn.Interop.Nvml.NvmlDevice, uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetBy =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetByThree =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint, uint, uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetByTwo =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint, uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetCompute =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlComputeInstance, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetFields = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, int, Forewarn.Interop.Nvml.NvmlFieldValue*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetFour = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, uint*, uint*, uint*, uint*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetInstance =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlGpuInstance, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetInstanceBy =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlGpuInstance, uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetInstanceByTwo =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlGpuInstance, uint, uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetList =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint*, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetListBy =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint, uint*, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetPair =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, void*, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetPairByTwo =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint, uint, void*, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetSample =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, Forewarn.Interop.Nvml.NvmlGpmSample, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetSampleBy = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, uint, Forewarn.Interop.Nvml.NvmlGpmSample, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetSamples = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, Forewarn.Interop.Nvml.NvmlSamplingType, ulong, Forewarn.Interop.Nvml.NvmlValueType*, uint*,
    Forewarn.Interop.Nvml.NvmlSample*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetSince =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, void*, uint*, ulong, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetText =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, byte*, uint, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetTextBy =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint, byte*, uint, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetWithinScope = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, uint, ulong*, Forewarn.Interop.Nvml.NvmlAffinityScope, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGlobalGet = delegate* unmanaged[Cdecl]<void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGlobalGetBy = delegate* unmanaged[Cdecl]<uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGlobalListBy =
    delegate* unmanaged[Cdecl]<uint, uint*, Forewarn.Interop.Nvml.NvmlDevice*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGlobalPair = delegate* unmanaged[Cdecl]<void*, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGlobalText = delegate* unmanaged[Cdecl]<byte*, uint, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGlobalTextBy = delegate* unmanaged[Cdecl]<uint, byte*, uint, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlHandleByIndex =
    delegate* unmanaged[Cdecl]<uint, Forewarn.Interop.Nvml.NvmlDevice*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlHandleByName =
    delegate* unmanaged[Cdecl]<byte*, Forewarn.Interop.Nvml.NvmlDevice*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlInitialise = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlInitOptions, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlListComputeInstances = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlGpuInstance, uint, Forewarn.Interop.Nvml.NvmlComputeInstance*, uint*,
    Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlListInstances = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, uint, Forewarn.Interop.Nvml.NvmlGpuInstance*, uint*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlRegisterEvents = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, Forewarn.Interop.Nvml.NvmlEventTypes, Forewarn.Interop.Nvml.NvmlEventSet,
    Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlRetiredPages = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, Forewarn.Interop.Nvml.NvmlPageRetirementCause, uint*, ulong*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlRetiredPagesTimed = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, Forewarn.Interop.Nvml.NvmlPageRetirementCause, uint*, ulong*, ulong*,
    Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlWaitForEvent = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlEventSet, Forewarn.Interop.Nvml.NvmlEventData*, uint, Forewarn.Interop.Nvml.NvmlReturn>;

// The shapes of NVML's functions. What a `void*` points to is stated once, in the wrapper that makes the call. Every C enum and
// `unsigned int` argument is 32 bits and travels alike, so sixty functions need these few.
global using unsafe NvmlCall = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlErrorText = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlReturn, byte*>;
global using unsafe NvmlFreeEventSet = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlEventSet, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGet = delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetBy =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetByThree =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint, uint, uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetByTwo =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, uint, uint, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetFields = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, int, Forewarn.Interop.Nvml.NvmlFieldValue*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetFour = delegate* unmanaged[Cdecl]<
    Forewarn.Interop.Nvml.NvmlDevice, uint*, uint*, uint*, uint*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetPair =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, void*, void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGetText =
    delegate* unmanaged[Cdecl]<Forewarn.Interop.Nvml.NvmlDevice, byte*, uint, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGlobalGet = delegate* unmanaged[Cdecl]<void*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlGlobalText = delegate* unmanaged[Cdecl]<byte*, uint, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlHandleByIndex =
    delegate* unmanaged[Cdecl]<uint, Forewarn.Interop.Nvml.NvmlDevice*, Forewarn.Interop.Nvml.NvmlReturn>;
global using unsafe NvmlHandleByName =
    delegate* unmanaged[Cdecl]<byte*, Forewarn.Interop.Nvml.NvmlDevice*, Forewarn.Interop.Nvml.NvmlReturn>;
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

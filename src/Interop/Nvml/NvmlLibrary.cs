namespace Forewarn.Interop.Nvml;

/// <summary>
/// libnvidia-ml.so.1 by its own names: one method per C function, `nvml` and the version suffix left off. A method makes one null
/// check and one call and gives back the library's own code; a function that this driver lacks gives FunctionNotFound. Nothing here
/// allocates, logs or throws. Calls block, sometimes for ever: a thread that may be lost makes them, and only it disposes.
/// </summary>
public sealed unsafe partial class NvmlLibrary : IDisposable
{
    private readonly NativeLibraryHandle _library;

    private NvmlLibrary(NativeLibraryHandle library)
    {
        _library = library;
        Bind();
    }

    /// <summary>Functions that this driver does not export, by their newest C name.</summary>
    public IReadOnlyList<string> MissingSymbols => _library.MissingLightUp;

    /// <summary>Loads the library and resolves its symbols; initialises nothing and touches no device.</summary>
    public static LibraryLoad<NvmlLibrary> Load(string path)
    {
        if (!NativeLibraryHandle.TryOpen(path, out NativeLibraryHandle? handle, out string? error))
            return new(LibraryLoadReason.LibraryMissing, $"cannot load {error}");

        var library = new NvmlLibrary(handle);
        if (handle.MissingRequired.Count == 0) return new(library, $"loaded {path}");

        library.Dispose();
        return new(LibraryLoadReason.SymbolMissing, $"{path} does not export {string.Join(", ", handle.MissingRequired)}");
    }

    /// <summary>Unloads the library. Every slot becomes null, so that a late call gets FunctionNotFound and not a crash.</summary>
    public void Dispose()
    {
        _library.Dispose();
        Bind();
    }

    private void Bind()
    {
        BindSystem(_library);
        BindHandles(_library);
        BindIdentity(_library);
        BindBoard(_library);
        BindInforom(_library);
        BindMemory(_library);
        BindUtilization(_library);
        BindClocks(_library);
        BindPower(_library);
        BindThermal(_library);
        BindFans(_library);
        BindEcc(_library);
        BindRemap(_library);
        BindPcie(_library);
        BindNvLink(_library);
        BindFields(_library);
        BindTopology(_library);
        BindMig(_library);
        BindMigInstances(_library);
        BindProcesses(_library);
        BindProcessUtilization(_library);
        BindAccounting(_library);
        BindGpm(_library);
        BindConfCompute(_library);
        BindPrm(_library);
        BindEvents(_library);
        BindSystemEvents(_library);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Forewarn.Interop;

/// <summary>
/// One dynamically loaded library and the record of the symbols that it lacked. Each binding class owns one; only
/// <see cref="SafeHandle.Dispose()"/> unloads it.
/// </summary>
public sealed partial class NativeLibraryHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly List<string> _missingRequired = [];
    private readonly List<string> _missingLightUp = [];

    private NativeLibraryHandle(nint opened)
        : base(ownsHandle: true)
    {
        SetHandle(opened);
        // A function pointer does not keep its library alive. Were the finalizer to unmap it, a call that hung in the driver
        // would return into nothing; so the library stays until its owner disposes of it.
        GC.SuppressFinalize(this);
    }

    /// <summary>Symbols without which the library is of no use.</summary>
    public IReadOnlyList<string> MissingRequired => _missingRequired;

    /// <summary>Symbols of newer versions that this library does not export; each costs its own readings alone.</summary>
    public IReadOnlyList<string> MissingLightUp => _missingLightUp;

    /// <summary>Opens a library by file name (searched by the loader) or path; on failure gives the loader's message.</summary>
    public static bool TryOpen(string path, [NotNullWhen(true)] out NativeLibraryHandle? library, [NotNullWhen(false)] out string? error)
    {
        // dlerror before dlopen: it clears an older message, and the runtime looks the function itself up now. Looked up after
        // a failed dlopen, that look-up would overwrite the message that we want.
        _ = LastError();
        nint opened = Open(path, OpenNow | OpenLocal);
        library = opened == 0 ? null : new NativeLibraryHandle(opened);
        error = opened == 0 ? Describe(path, Marshal.PtrToStringUTF8(LastError())) : null;
        return library is not null;
    }

    /// <summary>Address of a symbol that must be there; 0, and noted as missing, when it is not.</summary>
    public nint Required(string name) => Find(name, _missingRequired);

    /// <summary>Address of a symbol that may be absent; 0, and noted as missing, when it is.</summary>
    public nint LightUp(string name) => Find(name, _missingLightUp);

    /// <summary>
    /// Address of the first exported of two symbols with one signature, newer name first; the newer is noted when both are absent.
    /// </summary>
    public nint LightUp(string name, string olderName) =>
        !IsClosed && NativeLibrary.TryGetExport(handle, name, out nint address) ? address
        : !IsClosed && NativeLibrary.TryGetExport(handle, olderName, out address) ? address
        : Find(name, _missingLightUp);

    /// <summary>Address of an older form of a symbol; 0, and not noted, when it is absent: the newer one is what is missed.</summary>
    public nint StandIn(string name) => !IsClosed && NativeLibrary.TryGetExport(handle, name, out nint address) ? address : 0;

    protected override bool ReleaseHandle() => Close(handle) == 0;

    // The loader names the file that failed; where that is a dependency, the name of the library itself would be missing.
    private static string Describe(string path, string? message) =>
        message is null ? $"{path}: the dynamic loader gave no reason"
        : message.StartsWith(path, StringComparison.Ordinal) ? message
        : $"{path}: {message}";

    private nint Find(string name, List<string> missing)
    {
        if (IsClosed) return 0;
        if (NativeLibrary.TryGetExport(handle, name, out nint address)) return address;
        missing.Add(name);
        return 0;
    }

    // dlfcn.h of glibc. NOW: a library with an unresolved symbol fails here with a message, not later in the middle of a sweep.
    private const int OpenNow = 2;
    private const int OpenLocal = 0;

    // libdl.so.2 is where glibc kept these until 2.34; since then it is an empty library that leads to libc's own.
    [LibraryImport("libdl.so.2", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libdl.so.2", EntryPoint = "dlerror")]
    private static partial nint LastError();

    [LibraryImport("libdl.so.2", EntryPoint = "dlclose")]
    private static partial int Close(nint handle);
}

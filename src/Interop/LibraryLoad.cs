using System.Diagnostics.CodeAnalysis;

namespace Forewarn.Interop;

/// <summary>Whether a vendor library could be used and, when not, at which step it failed.</summary>
public enum LibraryLoadReason
{
    Loaded,
    LibraryMissing,
    SymbolMissing,
}

/// <summary>
/// What became of loading a vendor library: the library, or the reason and a sentence for the operator. A library that cannot
/// be loaded is an everyday state of a node (no driver yet, an old one, a wrong file), hence a result and not an exception.
/// </summary>
public sealed class LibraryLoad<TLibrary>
    where TLibrary : class
{
    internal LibraryLoad(TLibrary library, string detail)
    {
        Library = library;
        Detail = detail;
    }

    internal LibraryLoad(LibraryLoadReason reason, string detail)
    {
        Reason = reason;
        Detail = detail;
    }

    public TLibrary? Library { get; }

    public LibraryLoadReason Reason { get; }

    /// <summary>For people: the file, and the dynamic loader's own words or the symbols that are missing.</summary>
    public string Detail { get; }

    [MemberNotNullWhen(true, nameof(Library))]
    public bool IsLoaded => Library is not null;
}

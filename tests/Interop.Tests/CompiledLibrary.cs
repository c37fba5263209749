using System.Diagnostics;

namespace Forewarn.Interop.Tests;

/// <summary>A library that gcc makes from the C files of this project, in a directory of its own that goes with it.</summary>
public sealed class CompiledLibrary : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("forewarn-interop-");

    private CompiledLibrary(IEnumerable<string> arguments)
    {
        Path = System.IO.Path.Combine(_directory.FullName, "libunderTest.so");
        var start = new ProcessStartInfo("gcc") { UseShellExecute = false, RedirectStandardError = true };
        foreach (string argument in (string[])["-shared", "-fPIC", "-std=c11", "-Wall", "-Wextra", "-Werror", "-o", Path, .. arguments])
            start.ArgumentList.Add(argument);
        using Process gcc = Process.Start(start) ?? throw new InvalidOperationException("gcc did not start");
        string errors = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        Assert.True(gcc.ExitCode == 0, $"gcc could not build the library under test:\n{errors}");
    }

    public string Path { get; }

    public static CompiledLibrary RequiredOnly() => new([Source("required.c")]);

    public static CompiledLibrary OldDriver() => new(["-DOLD_DRIVER", Source("required.c")]);

    public static CompiledLibrary Signatures() => new([Source("required.c"), Source("signatures.c")]);

    public static CompiledLibrary MoreSignatures() => new([Source("required.c"), Source("signatures_more.c")]);

    /// <summary>Process lists whose entries have so many bytes; those of 24 also by the name that came before the last.</summary>
    public static CompiledLibrary ProcessLists(int entryBytes, bool secondVersion = false) =>
        new([$"-DENTRY={entryBytes}", .. secondVersion ? (string[])["-DVERSION_2"] : [], Source("required.c"), Source("lists.c")]);

    public static CompiledLibrary WithUnresolvedSymbol() => new([Source("unresolved.c")]);

    /// <summary>Functions that do nothing but answer with a number each: the first with <paramref name="first"/>, and so on.</summary>
    public static CompiledLibrary Answering(IReadOnlyList<string> symbols, int first)
    {
        string source = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllLines(source, symbols.Select((symbol, i) => $"int {symbol}(void) {{ return {first + i}; }}"));
            return new(["-x", "c", source]);
        }
        finally
        {
            File.Delete(source);
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static string Source(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Native", name);
}

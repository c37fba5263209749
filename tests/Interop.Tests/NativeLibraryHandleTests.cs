using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests;

public sealed class NativeLibraryHandleTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("forewarn-interop-");

    [Fact]
    public void A_missing_file_is_told_in_the_loaders_words()
    {
        LibraryLoad<NvmlLibrary> load = NvmlLibrary.Load("libno-such-vendor.so.1");

        Assert.Equal(LibraryLoadReason.LibraryMissing, load.Reason);
        Assert.False(load.IsLoaded);
        Assert.Equal(
            "cannot load libno-such-vendor.so.1: cannot open shared object file: No such file or directory", load.Detail);
    }

    [Fact]
    public void A_second_failure_has_its_own_message()
    {
        _ = NvmlLibrary.Load("libfirst-missing.so");

        Assert.Contains("libsecond-missing.so: cannot open", NvmlLibrary.Load("libsecond-missing.so").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_told_apart()
    {
        LibraryLoad<NvmlLibrary> load = NvmlLibrary.Load(Write("libtext.so", Enumerable.Repeat((byte)'#', 4096).ToArray()));

        Assert.Equal(LibraryLoadReason.LibraryMissing, load.Reason);
        Assert.Contains("invalid ELF header", load.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_for_another_word_size_is_told_apart()
    {
        using CompiledLibrary compiled = CompiledLibrary.RequiredOnly();
        byte[] image = File.ReadAllBytes(compiled.Path);
        image[4] = 1; // e_ident[EI_CLASS] = ELFCLASS32

        Assert.Contains("wrong ELF class", NvmlLibrary.Load(Write("lib32.so", image)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_whose_dependency_is_missing_fails_when_loaded()
    {
        using CompiledLibrary compiled = CompiledLibrary.WithUnresolvedSymbol();

        LibraryLoad<NvmlLibrary> load = NvmlLibrary.Load(compiled.Path);

        Assert.Equal(LibraryLoadReason.LibraryMissing, load.Reason);
        Assert.Contains("nobody_exports_this", load.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_of_something_else_lacks_the_required_symbols()
    {
        LibraryLoad<NvmlLibrary> load = NvmlLibrary.Load("libm.so.6");

        Assert.Equal(LibraryLoadReason.SymbolMissing, load.Reason);
        Assert.Null(load.Library);
        Assert.StartsWith("libm.so.6 does not export nvmlInit_v2, nvmlShutdown, ", load.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Required_and_lightup_symbols_are_counted_apart()
    {
        Assert.True(NativeLibraryHandle.TryOpen("libm.so.6", out NativeLibraryHandle? library, out string? error), error);
        using (library)
        {
            Assert.NotEqual(0, library.Required("cos"));
            Assert.Equal(0, library.Required("no_such_required"));
            Assert.Equal(0, library.LightUp("no_such_lightup"));
            Assert.Equal(["no_such_required"], library.MissingRequired);
            Assert.Equal(["no_such_lightup"], library.MissingLightUp);
        }
    }

    [Fact]
    public void The_newer_of_two_names_wins_and_the_older_stands_in_for_it()
    {
        Assert.True(NativeLibraryHandle.TryOpen("libm.so.6", out NativeLibraryHandle? library, out _));
        using (library)
        {
            Assert.Equal(library.LightUp("cos"), library.LightUp("cos", "sin"));
            Assert.Equal(library.LightUp("sin"), library.LightUp("cos_v2", "sin"));
            Assert.Empty(library.MissingLightUp);
            Assert.Equal(0, library.LightUp("cos_v2", "sin_v2"));
            Assert.Equal(["cos_v2"], library.MissingLightUp);
        }
    }

    [Fact]
    public void A_closed_library_gives_no_address()
    {
        Assert.True(NativeLibraryHandle.TryOpen("libm.so.6", out NativeLibraryHandle? library, out _));
        library.Dispose();

        Assert.Equal(0, library.Required("cos"));
        Assert.Equal(0, library.LightUp("cos", "sin"));
        Assert.Empty(library.MissingRequired);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private string Write(string name, ReadOnlySpan<byte> content)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}

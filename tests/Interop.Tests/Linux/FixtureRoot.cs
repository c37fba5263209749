namespace Forewarn.Interop.Tests.Linux;

/// <summary>A directory that stands for / and holds the files of one test.</summary>
public sealed class FixtureRoot : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("forewarn-root-");

    public string Path => _directory.FullName;

    public FixtureRoot With(string path, string content)
    {
        string file = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return this;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}

using Forewarn.Daemon.Configuration;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Configuration;

/// <summary>A configuration in a folder of its own, with two sources that no vendor has.</summary>
internal sealed class ConfigurationCase : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ConfigurationOverride> _overrides = [];

    public static SettingCatalog Catalog { get; } = new([new("alpha", "libalpha.so.1"), new("beta", "libbeta.so.2")]);

    public string File => Path.Combine(_folder.Path, "forewarn.conf");

    public bool Required { get; init; }

    public static ConfigurationCase Of(string text) => new ConfigurationCase().Main(text);

    public ConfigurationCase Main(string text) => Write("forewarn.conf", text);

    public ConfigurationCase DropIn(string name, string text) => Write(Path.Combine("forewarn.conf.d", name), text);

    public ConfigurationCase Set(string assignment)
    {
        _overrides.Add(ConfigurationOverride.Set(assignment));
        return this;
    }

    public ConfigurationResult Load() => new ConfigurationLoader(Catalog).Load(new(File, Required), _overrides);

    /// <summary>The options, where the case must be free of errors.</summary>
    public ForewarnOptions Options()
    {
        var result = Load();
        Assert.Empty(result.Errors);
        return Assert.IsType<ForewarnOptions>(result.Options);
    }

    /// <summary>The errors as a person sees them, with the folder's random name taken out.</summary>
    public IReadOnlyList<string> Errors()
    {
        var result = Load();
        Assert.Null(result.Options);
        return [.. result.Errors.Select(error => error.ToString().Replace(_folder.Path + "/", "", StringComparison.Ordinal))];
    }

    public void Dispose() => _folder.Dispose();

    private ConfigurationCase Write(string name, string text)
    {
        _folder.Write(name, text);
        return this;
    }
}

namespace Forewarn.Daemon.Configuration;

/// <summary>Which files make the configuration: one, and beside it a folder of the same name with ".d".</summary>
internal sealed record ConfigurationPaths(string File, bool Required)
{
    /// <summary>The installed place; its absence is fine, since every setting has a default.</summary>
    public static readonly ConfigurationPaths Installed = new("/etc/forewarn/forewarn.conf", Required: false);

    /// <summary>The folder of drop-ins, read in the order of their names; a later one wins.</summary>
    public string DropIns => File + ".d";

    /// <summary>What --config names must exist.</summary>
    public static ConfigurationPaths Named(string file) => new(Path.GetFullPath(file), Required: true);
}

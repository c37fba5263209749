using System.Text;

namespace Forewarn.Daemon.Configuration;

/// <summary>The two texts made from the catalogue: the documented default file, and what is in force.</summary>
internal static class ConfigurationText
{
    /// <summary>The file that is shipped: every setting with its meaning, its range and its default, all commented out.</summary>
    public static string Defaults(SettingCatalog catalog)
    {
        var text = new StringBuilder("""
            # Forewarn's configuration. Every line that is commented out shows the default.
            # Files in the folder forewarn.conf.d that end in .conf are read after this one, in the order of
            # their names; a later value wins, and --set Section.Key=Value wins over all.
            # "forewarn config check" names every error; "forewarn config show" prints what is in force.

            """);
        foreach (var section in catalog.Sections)
        {
            text.Append('\n').Append("# ").Append(section.Doc).Append('\n').Append('[').Append(section.Name).Append("]\n");
            foreach (var setting in section.Settings)
            {
                text.Append("# ").Append(setting.Doc).Append('\n');
                text.Append("# Must be ").Append(setting.Allowed).Append('.');
                text.Append(setting.ComputedDefault is null ? "" : $" Default: {setting.ComputedDefault}.").Append('\n');
                text.Append('#').Append(setting.Key).Append('=').Append(setting.DefaultText).Append('\n');
            }
        }

        return text.Append(ErrorCodeSections.Example).Append(ContractSections.Example).ToString();
    }

    /// <summary>Every value in force and, behind it, where it was written; the comments aside it is a valid file, but for secrets, which are masked.</summary>
    public static string Effective(SettingCatalog catalog, SettingValues values)
    {
        var text = new StringBuilder();
        foreach (var section in catalog.InForce(values))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append('[').Append(section.Name).Append("]\n");
            foreach (var setting in section.Settings)
            {
                text.Append("# ").Append(values.Origin(setting)).Append('\n');
                text.Append(setting.Key).Append('=').Append(values.Shown(setting)).Append('\n');
            }
        }

        return text.ToString();
    }
}

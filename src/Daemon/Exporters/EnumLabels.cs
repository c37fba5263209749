using System.Text;

namespace Forewarn.Daemon.Exporters;

/// <summary>The names of an enum as label values: <c>NotSupported</c> becomes <c>not_supported</c>.</summary>
internal static class EnumLabels
{
    /// <summary>By the number of the member; the enums of the model count from 0 without gaps.</summary>
    public static string[] Of<T>() where T : struct, Enum => Array.ConvertAll(Enum.GetNames<T>(), SnakeCase);

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}

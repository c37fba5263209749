using System.Text;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>Name and labels of one series as the bytes that stand before its value; the same in both formats.</summary>
internal static class SeriesName
{
    /// <summary><c>name{key="value",…} </c> with the blank that follows.</summary>
    public static byte[] Encode(string name, params ReadOnlySpan<SignalLabel> labels)
    {
        var text = new StringBuilder(name);
        for (var i = 0; i < labels.Length; i++)
        {
            text.Append(i == 0 ? '{' : ',').Append(labels[i].Key).Append("=\"");
            AppendEscaped(text, labels[i].Value);
            text.Append('"');
        }

        if (labels.Length > 0) text.Append('}');
        return Encoding.UTF8.GetBytes(text.Append(' ').ToString());
    }

    /// <summary>A number as label value; empty (which means "no such label" in both formats) when it is unknown.</summary>
    public static string NumberOrEmpty(int number) => number < 0 ? "" : number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append(@"\n"),
                _ => text.Append(c),
            };
        }
    }
}

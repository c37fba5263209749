using System.Text;

namespace Forewarn.Daemon.Doctor.Examination;

/// <summary>The child's end: a line a fact, device, key and value apart by tabs, out at once since the next call may hang.</summary>
internal sealed class FactWriter(Stream output)
{
    /// <summary>The last line: without it the child ended too early.</summary>
    public const string End = "end";

    public void Write(string key, string value) => Write(SourceFacts.Whole, key, value);

    public void Write(string device, string key, string value) =>
        Line($"{device}\t{key}\t{value.ReplaceLineEndings(" ").Replace('\t', ' ')}");

    /// <summary>Says that everything was asked.</summary>
    public void Finish() => Line(End);

    /// <summary>Null for what is no fact.</summary>
    public static Fact? Parse(string line) => line.Split('\t') is [var device, var key, var value] ? new(device, key, value) : null;

    private void Line(string text) => output.Write(Encoding.UTF8.GetBytes(text + "\n"));
}

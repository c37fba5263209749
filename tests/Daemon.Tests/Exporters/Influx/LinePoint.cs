using System.Text;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>A line read back by the rules of the line protocol's reference: a small parser that shares nothing with the writer.</summary>
internal sealed record LinePoint(string Measurement, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, string> Fields, long Time)
{
    public double Value => double.Parse(Fields["value"], System.Globalization.CultureInfo.InvariantCulture);

    public static LinePoint Parse(string line)
    {
        var at = 0;
        var measurement = Word(line, ref at, ", ");
        var tags = new Dictionary<string, string>();
        while (line[at] == ',')
        {
            at++;
            var key = Word(line, ref at, "=");
            at++;
            var value = Word(line, ref at, ", ");
            Assert.NotEqual("", key);
            Assert.NotEqual("", value);
            tags.Add(key, value);
        }

        var fields = new Dictionary<string, string>();
        do
        {
            at++;
            var key = Word(line, ref at, "=");
            at++;
            fields.Add(key, line[at] == '"' ? Text(line, ref at) : Word(line, ref at, ", "));
        }
        while (line[at] == ',');

        Assert.Equal(' ', line[at]);
        return new(measurement, tags, fields, long.Parse(line[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Until one of these that has no backslash before it; a backslash before anything else is itself.</summary>
    private static string Word(string line, ref int at, string ends)
    {
        var word = new StringBuilder();
        for (; !ends.Contains(line[at]); at++)
        {
            if (line[at] == '\\' && line[at + 1] is ',' or '=' or ' ') at++;
            word.Append(line[at]);
        }

        return word.ToString();
    }

    private static string Text(string line, ref int at)
    {
        var text = new StringBuilder();
        for (at++; line[at] != '"'; at++)
        {
            if (line[at] == '\\' && line[at + 1] is '"' or '\\') at++;
            text.Append(line[at]);
        }

        at++;
        return text.ToString();
    }
}

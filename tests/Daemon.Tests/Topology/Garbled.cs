namespace Forewarn.Daemon.Tests.Topology;

/// <summary>A text after accidents: letters and lines lost, doubled, exchanged, put in, the end cut off. The same seed does the same.</summary>
internal static class Garbled
{
    private const string Letters = "[]()=,#\\\"- \t\n\r\0Hn019é\ud800";

    public static string Text(string text, int seed)
    {
        var random = new Random(seed);
        for (var accidents = random.Next(1, 9); accidents > 0 && text.Length > 0; accidents--)
        {
            var (at, length) = (random.Next(text.Length), random.Next(1, 40));
            var end = Math.Min(text.Length, at + length);
            text = random.Next(6) switch
            {
                0 => text[..at] + text[end..],
                1 => text[..end] + text[at..],
                2 => text[..at] + Letters[random.Next(Letters.Length)] + text[at..],
                3 => text[..at] + Letters[random.Next(Letters.Length)] + text[(at + 1)..],
                4 => text[end..] + text[..at],
                _ => random.Next(4) == 0 ? text[..at] : text[..at] + text[at..end].ToUpperInvariant() + text[end..],
            };
        }

        return text;
    }
}

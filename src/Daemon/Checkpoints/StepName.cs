using System.Globalization;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>The step in a checkpoint's name: its last run of digits.</summary>
internal static class StepName
{
    /// <summary>Null when there is none, or it is longer than a number can be.</summary>
    public static long? Of(string name)
    {
        var end = name.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (end == 0) return null;
        var start = end;
        while (start > 0 && char.IsAsciiDigit(name[start - 1])) start--;
        return long.TryParse(name.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
    }

    /// <summary>A path with every run of digits that is this step made the same, so that the files of two checkpoints can be held side by side.</summary>
    public static string Without(string path, long? step)
    {
        if (step is null) return path;
        var text = new System.Text.StringBuilder(path.Length);
        for (var i = 0; i < path.Length;)
        {
            var end = i;
            while (end < path.Length && char.IsAsciiDigit(path[end])) end++;
            if (end == i) text.Append(path[i++]);
            else if (long.TryParse(path.AsSpan(i, end - i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == step) text.Append('#');
            else text.Append(path, i, end - i);
            i = Math.Max(i, end);
        }

        return text.ToString();
    }
}

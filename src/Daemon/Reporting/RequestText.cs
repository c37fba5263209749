using System.Globalization;
using Forewarn.Controller.Reports;

namespace Forewarn.Daemon.Reporting;

/// <summary>What a job reads: a line for each fact, which a shell may take in as well (os-release(5) has the same form).</summary>
internal static class RequestText
{
    // Own figure: one line of a terminal or three; a controller's sentence is shorter.
    private const int LongestReason = 300;

    // A job's number of 32 bits has ten digits; an element of an array has two numbers.
    private const int LongestJob = 32;

    /// <summary>Whether it is a job's number, or one with an array's index, and so the name of a folder that leads nowhere else.</summary>
    public static bool IsJob(string job) => job is { Length: > 0 and <= LongestJob } && job.All(letter => char.IsAsciiDigit(letter) || letter == '_');

    public static string Of(CheckpointOrder order) => string.Create(CultureInfo.InvariantCulture,
        $"JOB={order.Job}\nINCIDENT={order.Incident}\nAT={Time(order.At)}\nUNTIL={Time(order.Until)}\nREASON='{Line(order.Reason)}'\n");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Between single quotes nothing means anything to a shell but their end.
    private static string Line(string? text) =>
        string.Concat((text ?? "").Take(LongestReason).Select(letter => letter == '\'' ? '’' : char.IsControl(letter) || char.IsSurrogate(letter) ? ' ' : letter)).Trim();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// <c>NVRM: Xid (PCI:0000:81:00 GPU-I:07 GPU-CI:00): 94, pid=1, name=x, text caused by previous Xid 48</c>, and the older forms without PCI:, with
/// quotes, without process. Taken apart by hand: an application can make thousands of these a second. Format: open-gpu-kernel-modules 595.45.04.
/// </summary>
internal sealed partial class XidLine : ILineParser
{
    public IReadOnlyList<string> Words { get; } = ["Xid ("];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        var text = line.Text.AsSpan();
        if (!text.StartsWith("NVRM: ")) return null;
        var at = text.IndexOf("Xid (");
        if (!IsFront(text["NVRM: ".Length..at])) return Unknown(line.Text, devices);
        var rest = text[(at + "Xid (".Length)..];
        var close = rest.IndexOf(')');
        if (close < 0 || !TryPlace(rest[..close], out var address, out var instance, out var compute)) return Unknown(line.Text, devices);
        rest = rest[(close + 1)..];
        if (!rest.StartsWith(": ") || !TryCode(rest[2..], out var code, out var message)) return Unknown(line.Text, devices);

        var detail = new EventDetail { Instance = instance, ComputeInstance = compute };
        message = TakeProcess(message, ref detail);
        message = TakeCause(message, ref detail);
        var said = message.ToString();
        var sentence = Sentence(code, said, detail);
        var isRead = TryDetail(code, said, ref detail);
        return new()
        {
            Kind = HealthEventKind.DriverError,
            Device = devices.At(address, KernelDevices.Nvidia),
            Code = code,
            Text = sentence,
            Detail = detail,
            IsUnderstood = isRead,
        };
    }

    /// <summary>Nothing stands before it, or which of the driver's GPUs it is of: further on it is somebody's words.</summary>
    private static bool IsFront(ReadOnlySpan<char> before)
        => before.IsEmpty || (before.StartsWith("GPU") && before[^1] == ' ' && before.Length <= 8 && !before[3..].TrimEnd(": ").ContainsAnyExceptInRange('0', '9'));

    /// <summary>A text that no pattern can digest still is an Xid. The first time-out may be want of a processor.</summary>
    private static bool TryDetail(int code, string said, ref EventDetail detail)
    {
        for (var left = 2; left > 0; left--)
        {
            try
            {
                detail = XidText.Detail(code, said, detail);
                return true;
            }
            catch (RegexMatchTimeoutException)
            {
                // Once more.
            }
        }

        return false;
    }

    private static string Sentence(int code, string said, EventDetail detail)
    {
        var part = detail.Instance < 0 ? "" : detail.ComputeInstance < 0 ? string.Create(CultureInfo.InvariantCulture, $" in GPU instance {detail.Instance}")
            : string.Create(CultureInfo.InvariantCulture, $" in GPU instance {detail.Instance}, compute instance {detail.ComputeInstance}");
        var who = detail.Pid == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (process {detail.Pid}, {detail.Process})");
        return string.Create(CultureInfo.InvariantCulture, $"Xid {code}{part}{(said.Length == 0 ? "" : ": ")}{said}{who}");
    }

    /// <summary><c>PCI:0000:81:00 GPU-I:07 GPU-CI:00</c>; without PCI: before driver 319, without function always.</summary>
    private static bool TryPlace(ReadOnlySpan<char> inside, out string address, out int instance, out int compute)
    {
        (address, instance, compute) = ("", -1, -1);
        if (inside.StartsWith("PCI:")) inside = inside[4..];
        var blank = inside.IndexOf(' ');
        var place = blank < 0 ? inside : inside[..blank];
        if (KernelDevices.Address(place) is not { } found) return false;
        address = found;
        while (blank >= 0)
        {
            inside = inside[(blank + 1)..];
            blank = inside.IndexOf(' ');
            var word = blank < 0 ? inside : inside[..blank];
            if (word.StartsWith("GPU-I:")) _ = int.TryParse(word[6..], NumberStyles.None, CultureInfo.InvariantCulture, out instance);
            else if (word.StartsWith("GPU-CI:")) _ = int.TryParse(word[7..], NumberStyles.None, CultureInfo.InvariantCulture, out compute);
        }

        return true;
    }

    private static bool TryCode(ReadOnlySpan<char> text, out int code, out ReadOnlySpan<char> message)
    {
        var comma = text.IndexOf(',');
        message = comma < 0 ? default : text[(comma + 1)..].TrimStart(' ');
        return int.TryParse(comma < 0 ? text : text[..comma], NumberStyles.None, CultureInfo.InvariantCulture, out code);
    }

    /// <summary><c>pid=1234, name=python, </c>, in quotes and as <c>&lt;unknown&gt;</c> on older drivers; not there on many errors of the hardware.</summary>
    private static ReadOnlySpan<char> TakeProcess(ReadOnlySpan<char> message, scoped ref EventDetail detail)
    {
        if (!message.StartsWith("pid=")) return message;
        var comma = message.IndexOf(',');
        if (comma < 0) return message;
        var name = message[(comma + 1)..].TrimStart(' ');
        if (!name.StartsWith("name=")) return message;
        name = name[5..];
        var end = name.IndexOf(',');
        var called = end < 0 ? name : name[..end];
        if (int.TryParse(message[4..comma].Trim('\''), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            detail = detail with { Pid = pid, Process = called is "<unknown>" ? "" : called.ToString() };
        return end < 0 ? default : name[(end + 1)..].TrimStart(' ');
    }

    private static ReadOnlySpan<char> TakeCause(ReadOnlySpan<char> message, scoped ref EventDetail detail)
    {
        const string words = " caused by previous Xid ";
        var at = message.LastIndexOf(words);
        if (at < 0 || !int.TryParse(message[(at + words.Length)..].TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var cause)) return message;
        detail = detail with { CausedBy = cause };
        return message[..at];
    }

    /// <summary>
    /// A shape that we do not know, told as it stands. Device and code count where they stand in their places: elsewhere they may be somebody's words.
    /// </summary>
    private static KernelNews Unknown(string text, KernelDevices devices)
    {
        var shape = Shape().Match(text);
        var device = KernelDevices.Address(shape.Groups["bdf"].ValueSpan) is { } address ? devices.At(address, KernelDevices.Nvidia) : null;
        var code = shape.Number("xid", -1);
        return new()
        {
            Kind = code >= 0 ? HealthEventKind.DriverError : HealthEventKind.DriverTrouble,
            Device = device,
            Code = Math.Max(code, 0),
            Text = text,
            Detail = new() { Unit = code >= 0 ? "" : "Xid" },
            IsUnderstood = false,
        };
    }

    [GeneratedRegex(
        @"^NVRM: (GPU\d{1,3}:? )?Xid \((PCI:)?(?<bdf>[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}(\.[0-7])?)([^)]*\):? *(?<xid>\d{1,9})\b)?",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Shape();
}

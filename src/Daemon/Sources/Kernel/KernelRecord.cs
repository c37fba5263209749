using System.Buffers.Text;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// One record of /dev/kmsg, taken apart but not copied: <c>prio,seq,µs,flags[,…];text</c>, then lines of a dictionary that begin with a blank
/// (kernel: Documentation/ABI/testing/dev-kmsg).
/// </summary>
internal readonly ref struct KernelRecord
{
    /// <summary>Who logged it: 0 is the kernel; anybody who may write to the log is another.</summary>
    public int Facility { get; private init; }

    /// <summary>syslog(3): 0 emergency to 7 debug.</summary>
    public int Level { get; private init; }

    /// <summary>Grows by one with each record of a boot.</summary>
    public ulong Sequence { get; private init; }

    /// <summary>Since boot, by the kernel's own clock, which stands still while the machine sleeps.</summary>
    public ulong Microseconds { get; private init; }

    /// <summary>A piece of a line (flag <c>c</c>, and <c>+</c> of old kernels) that goes on in the next record.</summary>
    public bool IsFragment { get; private init; }

    /// <summary>With the kernel's escapes.</summary>
    public ReadOnlySpan<byte> Text { get; private init; }

    /// <summary>The lines below the text, each with its blank in front; empty for most.</summary>
    public ReadOnlySpan<byte> Dictionary { get; private init; }

    /// <summary>The PCI function that the driver logged it for, from the dictionary; empty when it says none.</summary>
    public ReadOnlySpan<byte> PciFunction
    {
        get
        {
            var key = "DEVICE=+pci:"u8;
            var at = Dictionary.IndexOf(key);
            if (at < 0) return default;
            var value = Dictionary[(at + key.Length)..];
            var end = value.IndexOf((byte)'\n');
            return end < 0 ? value : value[..end];
        }
    }

    /// <summary>None when it is a record; else why it is none.</summary>
    public static KernelLogFault TryParse(ReadOnlySpan<byte> raw, out KernelRecord record)
    {
        record = default;
        var semicolon = raw.IndexOf((byte)';');
        if (semicolon < 0) return KernelLogFault.Malformed;
        var header = raw[..semicolon];
        if (!TryTakeNumber(ref header, out var priority) || !TryTakeNumber(ref header, out var sequence)
            || !TryTakeNumber(ref header, out var microseconds) || priority > int.MaxValue) return KernelLogFault.Malformed;
        var body = raw[(semicolon + 1)..];
        var end = body.IndexOf((byte)'\n');
        if (end < 0) return KernelLogFault.Torn; // the kernel ends each with a line end: what stands there is not all of it
        record = new()
        {
            Facility = (int)(priority >> 3),
            Level = (int)(priority & 7),
            Sequence = sequence,
            Microseconds = microseconds,
            IsFragment = !header.IsEmpty && header[0] is (byte)'c' or (byte)'+',
            Text = body[..end],
            Dictionary = body[(end + 1)..],
        };
        return KernelLogFault.None;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> header, out ulong number)
    {
        if (!Utf8Parser.TryParse(header, out number, out var taken) || taken == header.Length || header[taken] != (byte)',') return false;
        header = header[(taken + 1)..];
        return true;
    }
}

using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>Keeps what a logged line said of where and what, so that a rule can word it after a restart as well.</summary>
internal static class EventDetailMemory
{
    // Own figures: a process's name has 16 bytes, Xid 74 prints seven registers.
    private const int MostText = 64;
    private const int MostRegisters = 16;

    public static void Save(MemoryWriter memory, EventDetail? detail)
    {
        memory.Flag(detail is not null);
        if (detail is null) return;
        memory.Number(detail.Link + 1);
        memory.Number(detail.Pid);
        memory.Text(detail.Process, MostText);
        memory.Text(detail.Unit, MostText);
        memory.Text(detail.Place, MostText);
        var registers = detail.Registers.IsDefault ? [] : detail.Registers;
        memory.Number(Math.Min(registers.Length, MostRegisters));
        foreach (var register in registers.AsSpan()[..Math.Min(registers.Length, MostRegisters)]) memory.Number(register);
        memory.Byte((byte)detail.Printed);
        memory.Number(detail.CausedBy);
        memory.Number(detail.AdviceBefore + 1);
        memory.Number(detail.Advice + 1);
        memory.Byte(Maybe(detail.NeedsReset));
        memory.Byte(Maybe(detail.NeedsDrain));
        memory.Flag(detail.Injected);
        memory.Number(detail.Instance + 1);
        memory.Number(detail.ComputeInstance + 1);
    }

    public static EventDetail? Load(ref MemoryReader memory)
    {
        if (!memory.Flag()) return null;
        var (link, pid, process, unit, place) = (Small(ref memory) - 1, Small(ref memory), memory.Text(), memory.Text(), memory.Text());
        var registers = new uint[Math.Min(memory.Count(), MostRegisters)];
        foreach (ref var register in registers.AsSpan()) register = (uint)Math.Clamp(memory.Number(), 0, uint.MaxValue);
        return new EventDetail
        {
            Link = link,
            Pid = pid,
            Process = process,
            Unit = unit,
            Place = place,
            Registers = [.. registers],
            Printed = (PrintedSeverity)memory.Byte(),
            CausedBy = Small(ref memory),
            AdviceBefore = Small(ref memory) - 1,
            Advice = Small(ref memory) - 1,
            NeedsReset = Maybe(memory.Byte()),
            NeedsDrain = Maybe(memory.Byte()),
            Injected = memory.Flag(),
            Instance = Small(ref memory) - 1,
            ComputeInstance = Small(ref memory) - 1,
        };
    }

    private static int Small(ref MemoryReader memory) => (int)Math.Clamp(memory.Number(), int.MinValue, int.MaxValue);

    private static byte Maybe(bool? value) => value is { } known ? known ? (byte)2 : (byte)1 : (byte)0;

    private static bool? Maybe(byte value) => value == 0 ? null : value == 2;
}

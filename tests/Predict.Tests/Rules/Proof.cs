using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>How a rule about events, presence or the node itself is made to speak, just not to, and to fall silent.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Ill">Makes it hold of the first card, or of the node.</param>
/// <param name="JustBelow">As much as is not enough.</param>
/// <param name="Heal">What ends it, beside its cause being gone for as long as it takes.</param>
internal sealed record Proof(IHealthRule Rule, Action<TestNode> Ill, Action<TestNode> JustBelow, Action<TestNode> Heal)
{
    private const string NextBoot = "b0070000-0000-4000-8000-000000000002";

    /// <summary>What holds has to be said again after a restart of the agent: it is a level that is read, not an event that is remembered.</summary>
    public bool IsLevel { get; init; }

    /// <summary>All of them, by the rule's name.</summary>
    public static IReadOnlyDictionary<string, Proof> All { get; } = new Proof[]
    {
        Xid(new ApplicationError(), 31, Later),
        new(new ApplicationErrorRepeats(), node => Programs(node, 100, 200), node => Programs(node, 100, 100), node => node.Watch(TimeSpan.FromHours(50))),
        Events(new BusErrors(RuleScope.Device), HealthEventKind.BusError, 10, Later),
        Events(new BusErrors(RuleScope.Node), HealthEventKind.BusError, 10, Later),
        Xid(new ChipLinkCorrected(), 121, Later),
        Xid(new CorrectedErrorStorm(), 92, Reset),
        Event(new DeviceUnavailable(), HealthEventKind.DeviceUnavailable, Reset),
        Xid(new DriverError(), 62, Reset),
        Event(new DriverTrouble(RuleScope.Device), HealthEventKind.DriverTrouble, Reset),
        new(new DriverTrouble(RuleScope.Node), node => node.HappenToNode(HealthEventKind.DriverTrouble), node => node.Happen(0, HealthEventKind.DriverTrouble, 0), Load),
        Xid(new FirmwareStalled(), 119, Reset),
        Event(new HardwareError(), HealthEventKind.DeviceHardwareError, Reset, 1),
        Xid(new LinkError(), 74, Reset),
        Xid(new LinkUnitError(), 146, Reset),
        Xid(new MemoryErrorEscaped(), 140, Reset),
        Xid(new MemoryRetired(), 63, Reset),
        Xid(new MemoryRetirementFailed(), 64, Reset),
        Xid(new OffTheBus(), 79, node => node.Restart(NextBoot)),
        Xid(new PoisonContained(), 94, Reset),
        Xid(new PoisonUncontained(), 95, Reset),
        Xid(new RemoteAccessFault(), 137, Later),
        Event(new SwitchError(), HealthEventKind.SwitchError, Later, 20009),
        Xid(new UncorrectableMemoryError(), 48, Reset),
        new(new HostMemory(), node => Memory(node, 10), node => Memory(node, 9), node => node.Watch(TimeSpan.FromHours(27))),
        Events(new KernelLogOverrun(), HealthEventKind.KernelLogOverrun, 1, Later),
        Events(new KernelStall(), HealthEventKind.KernelStall, 1, Later),
        Events(new NetworkTrouble(), HealthEventKind.NetworkTrouble, 1, Later),
        Events(new OutOfMemory(), HealthEventKind.OutOfMemory, 1, Later),
        Events(new ProbeUnstable(), HealthEventKind.ProbeDied, 3, Later),
        Events(new StorageTrouble(), HealthEventKind.StorageTrouble, 1, node => node.Watch(TimeSpan.FromHours(27))),
        Host(new ClockJump(), host => host with { ClockJump = TimeSpan.FromSeconds(2), ClockJumped = TestNode.Start }, host => host with { ClockJump = TimeSpan.FromSeconds(0.9), ClockJumped = TestNode.Start }),
        Host(new FabricService(), host => Part(host, HostPartKind.Fabric), host => Part(host, HostPartKind.Fabric, isNeeded: false), host => Part(host, HostPartKind.Fabric, isThere: true)),
        Host(new MemoryExportService(), host => Part(host, HostPartKind.MemoryExport), host => Part(host, HostPartKind.MemoryExport, isNeeded: false), host => Part(host, HostPartKind.MemoryExport, isThere: true)),
        Host(new PeerMemory(), host => Part(host, HostPartKind.PeerMemory), host => Part(host, HostPartKind.PeerMemory, isNeeded: false), host => Part(host, HostPartKind.PeerMemory, isThere: true)),
        Host(new ProcessStorm(), host => host with { StuckProcesses = 10, StuckExample = "x (7)" }, host => host with { StuckProcesses = 9 }),
        Level(new DeviceCount(), node => node.Node.Sources = [new("nvml", 8, 7, true)], node => node.Node.Sources = [new("nvml", 8, 7, true) { Told = 1 }], node => node.Node.Sources = [new("nvml", 8, 8, true)]),
        Level(new DeviceLost(), Present(DevicePresence.Lost), Present(DevicePresence.Unknown), node =>
        {
            Present(DevicePresence.Measured)(node);
            Reset(node);
        }),
        Level(new DeviceStalled(), Present(DevicePresence.Stalled), Present(DevicePresence.Excluded), Present(DevicePresence.Measured)),
        Level(new DriverStalled(), Stall, node =>
        {
            Stall(node);
            node.Pass(60).Become(node.Card(1), DevicePresence.Measured).Become(node.Card(0), DevicePresence.Measured);
        }, node => node.Become(node.Card(0), DevicePresence.Measured).Become(node.Card(1), DevicePresence.Measured)),
        Level(new FabricIncomplete(), node => node.Read(0, SignalId.FabricState, 2), node => node.Read(0, SignalId.FabricState, 0), node => node.Read(0, SignalId.FabricState, 3)),
        Level(new RowRemapFailed(), node => node.Read(0, SignalId.RowRemapFailed, 1), node => node.Read(0, SignalId.RowRemapFailed, 0), node =>
        {
            node.Read(0, SignalId.RowRemapFailed, 0).Insert(0, "GPU-0", "9999").Read(0, SignalId.RowRemapFailed, 0);
        }),
    }.ToDictionary(proof => proof.Rule.Sheet.Name);

    private static Proof Xid(IHealthRule rule, int code, Action<TestNode> heal) => Event(rule, HealthEventKind.DriverError, heal, code);

    /// <summary>One is enough, and one of the card beside it is not.</summary>
    private static Proof Event(IHealthRule rule, HealthEventKind kind, Action<TestNode> heal, int code = 0)
        => new(rule, node => node.Happen(0, kind, code, "as logged"), node => node.Happen(1, kind, code, "as logged"), heal);

    /// <summary>So many are enough, and one less is not.</summary>
    private static Proof Events(IHealthRule rule, HealthEventKind kind, int count, Action<TestNode> heal)
    {
        return new(rule, node => Happen(node, count), node => Happen(node, count - 1), heal);

        void Happen(TestNode node, int times)
        {
            if (times == 0) return;
            if (rule.Sheet.Scope == RuleScope.Node) node.HappenToNode(kind, count: times);
            else node.Happen(0, kind, 0, "as logged", count: times);
        }
    }

    private static Proof Level(IHealthRule rule, Action<TestNode> ill, Action<TestNode> justBelow, Action<TestNode> heal) => new(rule, ill, justBelow, heal) { IsLevel = true };

    private static Proof Host(IHealthRule rule, Func<HostReadings, HostReadings> ill, Func<HostReadings, HostReadings> justBelow, Func<HostReadings, HostReadings>? well = null)
        => Level(rule, node => node.Read(ill(Quiet)), node => node.Read(justBelow(Quiet)), node => node.Read(well is null ? Quiet : well(Quiet)));

    private static HostReadings Quiet => new() { Read = default, Processes = 300 };

    private static HostReadings Part(HostReadings host, HostPartKind kind, bool isNeeded = true, bool isThere = false)
        => host with { Parts = [new(kind, "part", isNeeded, isThere)] };

    private static Action<TestNode> Present(DevicePresence presence) => node => node.Become(node.Card(0), presence);

    private static void Stall(TestNode node) => node.Become(node.Card(0), DevicePresence.Stalled).Become(node.Card(1), DevicePresence.Stalled);

    private static void Programs(TestNode node, int first, int second)
    {
        node.Happen(0, HealthEventKind.DriverError, 31, "fault", new() { Pid = first, Process = "python" }).Leap(TimeSpan.FromHours(1));
        node.Happen(0, HealthEventKind.DriverError, 31, "fault", new() { Pid = second, Process = "python" });
    }

    private static void Memory(TestNode node, int count) => node.HappenToNode(HealthEventKind.HostHardwareError, 0, count, "MC0");

    /// <summary>Longer than any rule shows what nothing has to heal, or counts in an hour.</summary>
    private static void Later(TestNode node) => node.Watch(TimeSpan.FromMinutes(80));

    private static void Reset(TestNode node) => node.Read(0, SignalId.EccUncorrected, 5).Reset(0).Read(0, SignalId.EccUncorrected, 5);

    private static void Load(TestNode node)
    {
        node.Read(0, SignalId.EccUncorrected, 5);
        node.Node.DriverLoaded = node.Now;
    }
}

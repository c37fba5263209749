using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources;

/// <summary>
/// One vendor library, used inside a probe. Every method may block, crash or return nonsense; whoever calls it has announced the call in a
/// slot first. <see cref="Read"/> is called from two threads, never twice at once for the same group.
/// </summary>
internal interface IDeviceSource : IDisposable
{
    /// <summary>What is read together under one deadline; frames name a group by its place here.</summary>
    IReadOnlyList<CallGroup> CallGroups { get; }

    /// <summary>Loads and initialises the library.</summary>
    SourceOpening Open();

    /// <summary>Finds the devices that may be touched, by PCI address and never by index, and reads who they are.</summary>
    IReadOnlyList<DeviceFrame> Discover(Func<string, bool> mayTouch, CallGuard guard);

    /// <summary>Reads one call group of one device.</summary>
    void Read(int ordinal, int callGroup, SampleFrame into);

    /// <summary>Lists the processes that hold one device.</summary>
    void ReadProcesses(int ordinal, ProcessFrame into);

    /// <summary>Looks a lost device up again; true when it gives a handle.</summary>
    bool Refind(int ordinal);

    /// <summary>Reads again who a device is, with the handle at hand; true when that is not what the inventory has.</summary>
    bool HasIdentityChanged(int ordinal);

    /// <summary>How many devices the driver counts; −1 when it does not answer.</summary>
    int CountDevices();

    /// <summary>True when a card was cut into other parts than the inventory has, or went over to being cut up, or back.</summary>
    bool HavePartsChanged(int ordinal);

    /// <summary>Waits for the library to announce something.</summary>
    EventWait WaitForEvent(TimeSpan timeout, out EventFrame? announced);

    /// <summary>False when the driver under the library has gone or was replaced, so that it must be opened anew.</summary>
    bool IsDriverAlive();
}

/// <summary>What is read together under one deadline.</summary>
/// <param name="Name">Short name, in the call slot, in metrics and in messages.</param>
/// <param name="Group">Fast or slow.</param>
internal sealed record CallGroup(string Name, SampleGroup Group);

/// <summary>How opening a vendor library went.</summary>
/// <param name="Absence">Why it cannot be used; <see cref="NoDataReason.None"/> when it can.</param>
/// <param name="Detail">What the loader or the library said.</param>
/// <param name="LibraryVersion">Empty when unreadable.</param>
/// <param name="DriverVersion">Empty when unreadable.</param>
internal sealed record SourceOpening(NoDataReason Absence, string Detail, string LibraryVersion = "", string DriverVersion = "");

/// <summary>How a wait for events ended.</summary>
internal enum EventWait
{
    /// <summary>Something was announced.</summary>
    Announced,

    /// <summary>Nothing in that time.</summary>
    Quiet,

    /// <summary>Waiting failed at once; pause before the next try, or it becomes a busy loop.</summary>
    Failed,

    /// <summary>The library has no events.</summary>
    NotSupported,
}

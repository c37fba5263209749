using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>Where records come from, one a read: the kernel's device, a simulated node's file, a test's double of read(2).</summary>
internal interface IKernelLog : IDisposable
{
    /// <summary>Grows when another log took the place of this one, as at a reboot of a simulated node.</summary>
    int Generation { get; }

    /// <summary>
    /// True of the kernel's own log: within a boot a number that is not higher than the last is that of a record which was read before, since the
    /// descriptor was rewound. A file may hold the logs of several boots, one behind the other.
    /// </summary>
    bool NumbersOnlyGrow { get; }

    /// <summary>One record; −1 and why there is none, as read(2) on /dev/kmsg.</summary>
    int Read(Span<byte> into, out Errno error);

    /// <summary>Back to the oldest record that is left; false where that cannot be.</summary>
    bool Rewind();

    /// <summary>Until there may be a record, at most so long.</summary>
    void Wait(int milliseconds);
}

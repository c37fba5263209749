namespace Forewarn.Interop.Linux;

/// <summary>The error numbers that callers tell apart (asm-generic/errno-base.h; the same on x86-64 and arm64).</summary>
public enum Errno
{
    None = 0,

    /// <summary>EPERM: of a device node, the device cgroup refuses it.</summary>
    NotPermitted = 1,

    /// <summary>ENOENT.</summary>
    NoEntry = 2,

    /// <summary>ESRCH.</summary>
    NoProcess = 3,

    /// <summary>EINTR.</summary>
    Interrupted = 4,

    /// <summary>EIO.</summary>
    InputOutput = 5,

    /// <summary>ENXIO: of a device node, no driver answers at that number.</summary>
    NoDeviceOrAddress = 6,

    /// <summary>EBADF.</summary>
    BadDescriptor = 9,

    /// <summary>EAGAIN.</summary>
    TryAgain = 11,

    /// <summary>EACCES: the file's mode refuses it.</summary>
    AccessDenied = 13,

    /// <summary>EBUSY.</summary>
    Busy = 16,

    /// <summary>EXDEV: of openat2, the path leaves the folder.</summary>
    CrossesDevice = 18,

    /// <summary>ENODEV.</summary>
    NoDevice = 19,

    /// <summary>ENOTDIR.</summary>
    NotDirectory = 20,

    /// <summary>EISDIR.</summary>
    IsDirectory = 21,

    /// <summary>EINVAL.</summary>
    InvalidArgument = 22,

    /// <summary>EPIPE.</summary>
    BrokenPipe = 32,

    /// <summary>ENAMETOOLONG.</summary>
    NameTooLong = 36,

    /// <summary>ENOSYS: this kernel has no such call.</summary>
    NotImplemented = 38,

    /// <summary>ELOOP: of openat2, a symbolic link stands in the path.</summary>
    SymbolicLink = 40,

    /// <summary>ESTALE: a network file system has lost the file.</summary>
    Stale = 116,
}

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>One family of lines. It may remember the line before, since some say one thing in several; one thread asks it.</summary>
internal interface ILineParser
{
    /// <summary>In each line of the family stands one of these. Lines with none of any family's are not looked at further.</summary>
    IReadOnlyList<string> Words { get; }

    /// <summary>True of a family whose lines quote what a process calls itself; no other hears of such a record.</summary>
    bool IsOfProcesses => false;

    /// <summary>Null when the line is none of its own, or only goes on with what an earlier line said.</summary>
    KernelNews? Parse(in KernelLine line, KernelDevices devices);
}

using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// What a site gives its controller to repair with: a program that does what a technician does about a row that waits (docs/simulated-node.md), and a batch script by which a
/// node shows that it computes. Both write down what they were told.
/// </summary>
internal sealed class RepairPrograms : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RepairPrograms()
    {
        var told = Place("told");
        // Where the agents are is known once the site stands.
        Repair = Program("repair", $"""
            read links <{Place("links")}
            socket=$(dirname $(readlink $links/$1))/s
            echo "repair $*" >>{told}
            {Product.Program} release --socket $socket && {Product.Program} simulate inject "gpu 3 reset" --socket $socket && {Product.Program} resume --socket $socket
            """);
        Validation = Program("validate", $"""
            #SBATCH --gres=gpu:{AgentUnderTest.Gpus}
            #SBATCH --output=/dev/null
            echo "validate $* on $SLURMD_NODENAME under $SLURM_JOB_RESERVATION" >>{told}
            sleep 3
            """);
    }

    /// <summary>RepairCommand=.</summary>
    public string Repair { get; }

    /// <summary>ValidationCommand=.</summary>
    public string Validation { get; }

    /// <summary>What both were told, a line for each time.</summary>
    public string[] Told => File.ReadAllLines(Place("told"));

    /// <summary>The agents are found by the links in this folder.</summary>
    public void Find(string links) => _folder.Write("links", links + "\n");

    public void Dispose() => _folder.Dispose();

    private string Place(string name) => Path.Join(_folder.Path, name);

    private string Program(string name, string body)
    {
        var file = _folder.Write(name, "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
